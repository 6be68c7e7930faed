using System.Text.RegularExpressions;
using Steady.Incidents.Timeline.Query;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>The page about queries says what the language has.</summary>
public sealed partial class QueryPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs", "timeline-queries.md"));

    [Fact]
    public void Every_example_is_understood()
    {
        var examples = Examples().Matches(Page).SelectMany(block => block.Groups[1].Value.Trim().Split('\n')).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Parsing.Read(example).Mistakes));
    }

    [Fact]
    public void Every_field_moment_pipe_and_key_stands_on_it()
    {
        var names = Fields
            .All.Select(field => field.Name)
            .Concat(Fields.Moments.Keys)
            .Concat(Fields.Keys)
            .Concat(Pipes.Known.Select(pipe => pipe.Text.Split(' ', '>', '(')[0]));
        Assert.All(names, name => Assert.Matches($"`{name}[`:>( -]", Page));
    }

    [GeneratedRegex("```query\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
