using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Forms as people fill them in, and what has changed until they are sent.</summary>
public sealed class FilledTests
{
    private static readonly DateTimeOffset Seen = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly IncidentView Drawn = new(
        Guid.CreateVersion7(Seen),
        4,
        7,
        "checkout",
        Severity.Sev2,
        IncidentStatus.Open,
        "Checkout fails",
        null,
        "mira",
        null,
        Seen,
        Seen,
        null,
        null,
        null,
        null
    );

    [Fact]
    public void A_field_is_read_as_what_it_is_wanted_for()
    {
        var form = new Filled(
            "severity",
            new Dictionary<string, string>
            {
                ["text"] = " two\r\nlines ",
                ["version"] = "4",
                ["severity"] = "Sev1",
                ["at"] = "2026-11-24T14:05",
                ["empty"] = "",
            }
        );

        Assert.Equal("two\nlines", form.Text("text"));
        Assert.Equal(4, form.Number("version"));
        Assert.Equal(Severity.Sev1, form.One<Severity>("severity"));
        Assert.Equal(Seen.AddMinutes(5), form.Moment("at"));
        Assert.Null(form.Given("empty"));
        Assert.Null(form.Number("absent"));
        Assert.Null(form.One<Severity>("text"));
    }

    [Fact]
    public void Who_comes_too_late_is_told_what_others_did()
    {
        var now = Drawn with { Severity = Severity.Sev1 };
        TimelineEntry[] entries =
        [
            Entry("ana@x", "Severity is now SEV-1: all fail", Seen.AddSeconds(9)),
            Entry("bo", "Old", Seen),
        ];

        Assert.Equal(["ana: Severity is now SEV-1: all fail"], Meanwhile.Of(now, entries, Seen, Meanwhile.Mark(Drawn)));
    }

    [Fact]
    public void Before_the_timeline_is_written_the_state_itself_tells()
    {
        var now = Drawn with { Severity = Severity.Sev1, Status = IncidentStatus.Acknowledged, Lead = "bo@x" };

        Assert.Equal(
            ["It is SEV-1 now.", "It is acknowledged now.", "bo commands now."],
            Meanwhile.Of(now, [], Seen, Meanwhile.Mark(Drawn))
        );
        Assert.Empty(Meanwhile.Of(now, [], Seen, "made up"));
    }

    private static TimelineEntry Entry(string by, string text, DateTimeOffset at) =>
        new(Guid.CreateVersion7(at), at, at, "incidents", "x", ["checkout"], Drawn.Id, null, by, null, text);
}
