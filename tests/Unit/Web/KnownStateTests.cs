using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Web.Drawing;
using Xunit;
using Domain = Steady.Incidents.Response;

namespace Steady.Tests.Unit.Web;

/// <summary>The past is read off the sentences of the timeline: the two are kept together here.</summary>
public sealed class KnownStateTests
{
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Domain.IncidentDeclared Declared = new(
        7,
        "shop",
        Severity.Sev2,
        "x",
        null,
        Start,
        "ana",
        Start
    );
    private static readonly Domain.IncidentAcknowledged Taken = new("shop", "ana", Start);
    private static readonly Domain.IncidentResolved Resolved = new("shop", "x", "Done", Start, "ana", Start);

    [Fact]
    public void Where_it_stood_is_read_off_its_sentences()
    {
        Assert.Equal(IncidentStatus.Open, Known(Declared).Status);
        Assert.Equal(IncidentStatus.Open, Known(Declared with { Drill = true }).Status);
        var looked = Declared with { Triage = true };
        Assert.Equal(IncidentStatus.Triage, Known(looked).Status);
        Assert.Equal(IncidentStatus.Triage, Known(looked with { Drill = true }, Taken).Status);
        var accepted = new Domain.IncidentAccepted("shop", "ana", Start);
        Assert.Equal(IncidentStatus.Acknowledged, Known(looked, Taken, accepted).Status);
        Assert.Equal(IncidentStatus.Open, Known(looked, accepted).Status);
        Assert.Equal(
            IncidentStatus.Declined,
            Known(looked, new Domain.IncidentDeclined("shop", "x", "ana", Start)).Status
        );
        Assert.Equal(
            IncidentStatus.Merged,
            Known(Declared, new Domain.IncidentMerged("shop", Id, 9, "x", "ana", Start)).Status
        );
        Assert.Equal(
            IncidentStatus.Closed,
            Known(Declared, Resolved, new Domain.IncidentClosed("shop", "ana", Start)).Status
        );
        var reopened = new Domain.IncidentReopened(7, "shop", Severity.Sev2, "x", "Back", "ana", Start);
        Assert.Equal(IncidentStatus.Acknowledged, Known(Declared, Taken, Resolved, reopened).Status);
    }

    [Fact]
    public void Who_led_it_is_who_commanded()
    {
        var confirmed = new HandoverConfirmed("shop", Id, IncidentRole.Commander, "ana", "bo", "bo", Start);
        Assert.Equal("ana", Known(Declared, Taken).Lead);
        Assert.Equal("bo", Known(Declared, Taken, confirmed).Lead);
        Assert.Equal("ana", Known(Declared, Taken, confirmed with { Role = IncidentRole.Scribe }).Lead);
        var assigned = new RoleAssigned("shop", IncidentRole.Commander, "cleo", "bo", Start);
        Assert.Equal("cleo", Known(Declared, assigned, Taken).Lead);
        Assert.Null(
            Known(Declared, assigned, new RoleReleased("shop", IncidentRole.Commander, "cleo", "bo", Start)).Lead
        );
    }

    [Fact]
    public void It_hurts_again_when_an_alert_joins_after_the_pain_had_ended()
    {
        var mitigated = new Domain.IncidentMitigated("shop", "Rolled back", "ana", Start);
        var joined = new Domain.AlertAttached("shop", Id, "Again", "rule:alerts", Start);
        Assert.False(HurtsAgain(Declared, joined, mitigated));
        Assert.True(HurtsAgain(Declared, mitigated, joined));
        Assert.False(HurtsAgain(Declared, mitigated, joined, mitigated));
        var (view, entries) = Told(Declared, mitigated, joined);
        Assert.False(KnownState.HurtsAgain(view with { Status = IncidentStatus.Resolved }, entries));
    }

    private static bool HurtsAgain(params object[] events)
    {
        var (view, entries) = Told(events);
        return KnownState.HurtsAgain(view with { Status = IncidentStatus.Mitigated }, entries);
    }

    private static KnownState Known(params object[] events)
    {
        var (view, entries) = Told(events);
        return KnownState.Of(view, entries, Start.AddHours(1));
    }

    private static (IncidentView View, IReadOnlyList<TimelineEntry> Entries) Told(params object[] events)
    {
        var view = new IncidentView(
            Id,
            1,
            7,
            "shop",
            Severity.Sev2,
            IncidentStatus.Open,
            "x",
            null,
            "ana",
            null,
            Start,
            Start,
            null,
            null,
            null,
            null
        );
        var entries = events.Select(
            (data, n) =>
            {
                var line = OwnSentences.Of(Id, data)!;
                return new TimelineEntry(
                    Id,
                    line.OccurredAt,
                    Start.AddSeconds(n),
                    "incidents",
                    Kernel.Bus.ExchangeOf(data.GetType()).Split('.')[1],
                    line.Services,
                    line.IncidentId,
                    line.SubjectId,
                    line.By!,
                    null,
                    line.Text
                );
            }
        );
        return (view, [.. entries]);
    }
}
