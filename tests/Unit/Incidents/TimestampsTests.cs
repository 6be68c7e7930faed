using CsCheck;
using JasperFx.Events;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentClosed = Steady.Incidents.Response.IncidentClosed;
using IncidentReopened = Steady.Incidents.Response.IncidentReopened;

namespace Steady.Tests.Unit.Incidents;

/// <summary>The eleven moments: what events say, what people say, and what is measured between them.</summary>
public sealed partial class TimestampsTests
{
    [Fact]
    public void What_people_do_says_most_of_it()
    {
        var told = Told(Declared, Acknowledged, Mitigated, Resolved, new IncidentClosed("checkout", "ana", Now));
        Assert.Equal(Enum.GetValues<IncidentMoment>(), told.Keys);
        Assert.Equal(Noon, At(told, IncidentMoment.ImpactStarted));
        Assert.Equal(Noon, At(told, IncidentMoment.Detected));
        Assert.Equal(Noon, At(told, IncidentMoment.Declared));
        Assert.Equal(Noon.AddMinutes(1), At(told, IncidentMoment.Acknowledged));
        Assert.Equal(Noon.AddMinutes(1), At(told, IncidentMoment.CommanderJoined));
        Assert.Equal(Noon.AddMinutes(5), At(told, IncidentMoment.Mitigated));
        Assert.Equal(Noon.AddMinutes(9), At(told, IncidentMoment.Resolved));
        Assert.Equal(Now, At(told, IncidentMoment.Closed));
        Assert.Null(told[IncidentMoment.FirstNotified].Holds);
        Assert.Null(told[IncidentMoment.Identified].Holds);
        Assert.Null(told[IncidentMoment.PostmortemPublished].Holds);
    }

    [Fact]
    public void An_alert_says_when_it_noticed()
    {
        var told = Told(Declared with { DetectedAt = Noon.AddMinutes(-1) });
        Assert.Equal(Noon.AddMinutes(-1), At(told, IncidentMoment.Detected));
    }

    [Fact]
    public void What_people_say_goes_before_what_follows_from_acts_and_nothing_is_overwritten()
    {
        var first = Say(IncidentMoment.Mitigated, Noon.AddMinutes(3), "bo");
        var second = Say(IncidentMoment.Mitigated, Noon.AddMinutes(4), "ana");
        var mitigated = Told(Declared, first, Mitigated, second)[IncidentMoment.Mitigated];

        Assert.Equal(
            (Noon.AddMinutes(4), "ana", true),
            (mitigated.Holds!.OccurredAt, mitigated.Holds.By, mitigated.Holds.Stated)
        );
        Assert.Equal(
            [(Noon.AddMinutes(3), true), (Noon.AddMinutes(5), false)],
            mitigated.Before.Select(one => (one.OccurredAt!.Value, one.Stated))
        );
        // Both clocks: it is recorded when the store took it in.
        Assert.Equal(Noon.AddHours(4), mitigated.Holds.RecordedAt);
    }

    [Fact]
    public void What_is_taken_back_leaves_what_the_acts_say()
    {
        var mitigated = Told(
            Declared,
            Mitigated,
            Say(IncidentMoment.Mitigated, Noon.AddMinutes(3), "bo"),
            Say(IncidentMoment.Mitigated, null, "bo")
        )[IncidentMoment.Mitigated];
        Assert.Equal((Noon.AddMinutes(5), false), (mitigated.Holds!.OccurredAt, mitigated.Holds.Stated));
        Assert.Equal(2, mitigated.Before.Count);
    }

    [Fact]
    public void When_it_goes_on_its_first_end_is_history()
    {
        var reopened = new IncidentReopened(7, "checkout", Severity.Sev2, "x", "Back", "bo", Now);
        var told = Told(Declared, Mitigated, Resolved, reopened);
        Assert.Null(told[IncidentMoment.Resolved].Holds);
        Assert.Equal(Noon.AddMinutes(9), Assert.Single(told[IncidentMoment.Resolved].Before).OccurredAt);
        Assert.Equal(MeasureValidity.Missing, Of(told, MeasureName.TimeToResolve).Validity);

        var again = Told(Declared, Mitigated, Resolved, reopened, Resolved with { At = Noon.AddHours(1) });
        Assert.Equal(3600, Of(again, MeasureName.TimeToResolve).Seconds);
    }

    [Fact]
    public void What_was_part_of_it_may_have_begun_earlier()
    {
        var absorbed = new IncidentAbsorbed(
            "ledger",
            "x",
            ["ledger"],
            Noon.AddMinutes(-7),
            [],
            [],
            [],
            [],
            "One",
            "bo",
            Now
        );
        Assert.Equal(Noon.AddMinutes(-7), At(Told(Declared, absorbed), IncidentMoment.ImpactStarted));
        var later = absorbed with { StartedAt = Noon.AddMinutes(7) };
        Assert.Equal(Noon, At(Told(Declared, later), IncidentMoment.ImpactStarted));
    }

    [Fact]
    public void A_measure_says_why_it_cannot_be_used()
    {
        var told = Told(Declared, Acknowledged, Say(IncidentMoment.Detected, Noon.AddMinutes(-5), "bo"));
        var detect = Of(told, MeasureName.TimeToDetect);
        Assert.Equal((MeasureValidity.Invalid, null), (detect.Validity, detect.Seconds));
        Assert.Equal("detected lies before impactStarted. State the one that is wrong.", detect.Because);
        var acknowledge = Of(told, MeasureName.TimeToAcknowledge);
        Assert.Equal(
            (MeasureValidity.Missing, "firstNotified is not known."),
            (acknowledge.Validity, acknowledge.Because)
        );
        Assert.Equal(
            (MeasureValidity.Valid, 300L),
            (Of(told, MeasureName.TimeToDeclare).Validity, Of(told, MeasureName.TimeToDeclare).Seconds)
        );
    }

    [Fact]
    public void Whatever_is_said_in_whatever_order_every_word_is_kept_once_and_the_last_holds() =>
        Gen.Select(Gen.Int[0, 10], Gen.Int[-600, 600], Gen.Bool)
            .List[0, 40]
            .Sample(words =>
            {
                var said = words
                    .Select(word =>
                        Say((IncidentMoment)word.Item1, word.Item3 ? Noon.AddSeconds(word.Item2) : null, "ana")
                    )
                    .ToList();
                var told = Told([Declared, .. said]);
                Assert.Equal(said.Count + 3, told.Values.Sum(one => one.Before.Count + (one.Holds is null ? 0 : 1)));
                foreach (var (moment, one) in told)
                {
                    if (said.LastOrDefault(word => word.Moment == moment) is { OccurredAt: { } last })
                        Assert.Equal(last, one.Holds!.OccurredAt);
                }

                Assert.All(
                    Measures.Of([.. told.Values]),
                    measure => Assert.Equal(measure.Validity == MeasureValidity.Valid, measure.Seconds is >= 0)
                );
            });

    [Fact]
    public void A_moment_is_said_once_also_of_what_is_over_but_not_ahead_of_time_nor_of_what_was_merged()
    {
        var command = new StateTimestamp(IncidentMoment.Identified, Noon.AddMinutes(2), "By the log");
        var said = new TimestampStated(
            "checkout",
            IncidentMoment.Identified,
            Noon.AddMinutes(2),
            "By the log",
            "bo",
            Now
        );
        Given<Incident>(Declared, Resolved).When(State(command)).Then(said);
        Given<Incident>(Declared, said).When(State(command)).ThenNothing();
        Given<Incident>(Declared, said)
            .When(State(command with { OccurredAt = null }))
            .Then(said with { OccurredAt = null });
        Given<Incident>(Declared).When(State(command with { OccurredAt = null })).ThenNothing();
        Given<Incident>(Declared)
            .When(State(command with { OccurredAt = Now.AddMinutes(2) }))
            .ThenRefused("in-the-future");
        var merged = new Steady.Incidents.Response.IncidentMerged("checkout", Alert, 9, "x", "bo", Noon);
        Given<Incident>(Declared, merged).When(State(command)).ThenRefused("incident-merged");
    }

    private static Func<Incident, Decision> State(StateTimestamp command) =>
        incident => Stating.Decide(incident, command, Bo, Now);

    private static TimestampStated Say(IncidentMoment moment, DateTimeOffset? at, string by) =>
        new("checkout", moment, at, "The graph", by, Now);

    private static IncidentMeasure Of(IReadOnlyDictionary<IncidentMoment, IncidentTimestamp> told, MeasureName name) =>
        Measures.Of([.. told.Values]).Single(one => one.Measure == name);

    private static DateTimeOffset? At(
        IReadOnlyDictionary<IncidentMoment, IncidentTimestamp> told,
        IncidentMoment moment
    ) => told[moment].Holds?.OccurredAt;

    // The n-th event is recorded n hours after noon.
    private static Dictionary<IncidentMoment, IncidentTimestamp> Told(params object[] events)
    {
        var story = events.Select(
            (data, n) =>
            {
                var stored = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
                stored.Timestamp = Noon.AddHours(n + 1);
                return stored;
            }
        );
        return Timestamps.Of([.. story]).ToDictionary(one => one.Moment);
    }
}
