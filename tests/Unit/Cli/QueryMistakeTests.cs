using Steady.Cli;
using Steady.Cli.Drawing;
using Steady.Client;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Unit.Cli;

/// <summary>What is wrong in a query is shown where it is.</summary>
public sealed class QueryMistakeTests
{
    [Fact]
    public void A_mistake_stands_under_the_letters_it_is_about()
    {
        var told = Told(
            "kind:alert servce:pay",
            new QueryMistake(1, 12, 6, "There is no field 'servce'. Did you mean 'service'?", ["service", "source"])
        );
        Assert.Equal(
            """
            error: There is no field 'servce'. Did you mean 'service'?
              kind:alert servce:pay
                         ^^^^^^
              expected: service, source
            code query-malformed
            """,
            told
        );
    }

    [Fact]
    public void What_is_missing_is_marked_where_it_would_stand_in_its_line()
    {
        var told = Told("kind:alert\n\tservice:", new QueryMistake(2, 10, 0, "'service' has no value.", []));
        Assert.StartsWith(
            "error: line 2, column 10: 'service' has no value.\n   service:\n           ^\n",
            told,
            StringComparison.Ordinal
        );
    }

    private static string Told(string query, QueryMistake mistake)
    {
        var said = new StringWriter();
        var problem = new ProblemException(400, "query-malformed", "Wrong.", null, [])
        {
            Query = query,
            Mistakes = [mistake],
        };
        Assert.Equal(Exit.Usage, new Complaints(Screens.On(said)).About(problem));
        return string.Join('\n', said.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd();
    }
}
