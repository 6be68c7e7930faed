using Steady.Tests.Support;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class FirstStepsTests
{
    [Fact]
    public void An_empty_platform_teaches_three_steps_and_ticks_those_that_are_done()
    {
        var steps = FirstSteps.Of(hasIncidents: false, hasBudgets: true, hasRuns: false, isPaged: false);

        Assert.Equal([true, false, false], steps!.Select(step => step.IsDone));
    }

    [Fact]
    public void Who_has_done_them_or_has_other_worries_is_not_taught()
    {
        Assert.Null(FirstSteps.Of(hasIncidents: false, hasBudgets: true, hasRuns: true, isPaged: true));
        Assert.Null(FirstSteps.Of(hasIncidents: true, hasBudgets: false, hasRuns: false, isPaged: false));
    }

    [Fact]
    public void What_is_to_be_typed_names_files_that_are_there()
    {
        var files = FirstSteps
            .Of(false, false, false, false)!
            .SelectMany(step => step.Lines)
            .SelectMany(line => line.Split(' '))
            .Where(word => word.StartsWith("samples/", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(5, files.Count);
        Assert.All(files, file => Assert.True(File.Exists(Repository.File(file.Split('/')))));
    }
}
