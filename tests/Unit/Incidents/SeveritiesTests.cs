using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents;

public sealed class SeveritiesTests
{
    [Fact]
    public void What_a_Steady_begins_with_is_right_and_has_version_nought()
    {
        Assert.Empty(Severities.Check(Severities.First));
        var view = Severities.View(null);
        Assert.Equal((0L, null), (view.Version, view.SetBy));
        Assert.Equal(Enum.GetValues<Severity>(), view.Severities.Select(one => one.Severity));
    }

    [Fact]
    public void Each_severity_stands_there_once()
    {
        var doubled = Severities.First with
        {
            Severities = [.. Severities.First.Severities.Take(3), Severities.First.Severities[0]],
        };
        var messages = Severities.Check(doubled).Select(one => one.Message).ToList();
        Assert.Equal(2, messages.Count);
        Assert.Contains("Sev1 stands there 2 times", messages[0], StringComparison.Ordinal);
        Assert.Contains("Sev4 stands there 0 times", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_and_people_are_words_of_a_length()
    {
        var first = Severities.First.Severities[0] with { Examples = ["Fine.", " "], Tell = [new string('x', 101)] };
        var wrong = Severities.Check(
            Severities.First with
            {
                Severities = [first, .. Severities.First.Severities.Skip(1)],
            }
        );
        Assert.Equal(["severities[0].examples[1]", "severities[0].tell[0]"], wrong.Select(one => one.Field));
    }

    [Fact]
    public void The_last_document_holds_and_is_read_from_the_worst_on()
    {
        var set = new SeveritiesSet([.. Severities.First.Severities.Reverse()], "Fewer words", "ana", Now);
        var matrix = Fold<SeverityMatrix>(set with { Reason = "First" }, set)!;
        var view = Severities.View(matrix);
        Assert.Equal(("Fewer words", "ana", Now), (view.Reason, view.SetBy, view.SetAt));
        Assert.Equal(Severity.Sev1, view.Severities[0].Severity);
    }
}
