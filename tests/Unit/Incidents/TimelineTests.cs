using JasperFx.Events;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Incidents.Learning;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;
using Steady.Tests.Unit.Wire;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents;

public sealed class TimelineTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void Every_message_the_timeline_listens_to_becomes_one_sentence()
    {
        foreach (var type in Subscriptions.Queues[Subscriptions.Timeline])
        {
            var entry = Entry(Recording.Decide(Samples.Of(type), "bo", Trace));
            Assert.Equal(Bus.ExchangeOf(type), $"{entry.Source}.{entry.Kind}");
            Assert.NotEmpty(entry.Services);
            Assert.NotEmpty(entry.Text);
            Assert.NotEmpty(entry.Actor);
            Assert.Equal("0af7651916cd43dd8448eb211c80319c", entry.TraceId);
        }
    }

    [Fact]
    public void The_story_reads_as_sentences()
    {
        Assert.Equal(
            "checkout burns the budget of checkout-availability 14.4x too fast (page): 100 of 1000 failed in 1h, 90 of 100 failed in 5m.",
            Text(typeof(BurnAlertOpened))
        );
        Assert.Equal(
            "More urgent: checkout burns the budget of checkout-availability 14.4x too fast (page): 100 of 1000 failed in 1h, 90 of 100 failed in 5m.",
            Text(typeof(BurnAlertEscalated))
        );
        Assert.Equal(
            "The gate denies deploy release-7 (production) on checkout: The budget is exhausted.",
            Text(typeof(GateDecided))
        );
        Assert.Equal(
            "70 failures, 25 % of the budget of checkout-availability, are put down to the incident \"Nobody can pay\".",
            Text(typeof(SpendAttributed))
        );
    }

    [Fact]
    public void What_people_decided_reads_as_sentences_too()
    {
        foreach (
            var type in (Type[])
                [typeof(GateOverridden), typeof(AdjustmentApproved), typeof(DeployRecorded), typeof(PolicyChanged)]
        )
            Assert.EndsWith(".", Text(type), StringComparison.Ordinal);
        Assert.Equal("The gate policy production has revision 3.", Text(typeof(PolicyChanged)));
    }

    [Fact]
    public void A_policy_that_is_for_nobody_is_on_no_timeline() =>
        Assert.Empty(Recording.Decide(new PolicyChanged("production", 3, false, "ana", Noon), null, null).Events);

    [Fact]
    public void Spend_put_down_to_a_run_belongs_to_no_incident()
    {
        var spend = (SpendAttributed)Samples.Of(typeof(SpendAttributed));
        Assert.Equal(spend.CauseId, Entry(Recording.Decide(spend, null, null)).IncidentId);
        Assert.Null(Entry(Recording.Decide(spend with { Kind = CauseKind.Run }, null, null)).IncidentId);
    }

    [Fact]
    public void A_message_without_headers_is_told_by_its_service_and_without_a_trace()
    {
        var entry = Entry(Recording.Decide(Samples.Of(typeof(BudgetExhausted)), null, "nonsense"));
        Assert.Equal(("budgets", null), (entry.Actor, entry.TraceId));
    }

    [Fact]
    public void What_is_no_message_of_others_is_not_recorded() =>
        Assert.Empty(Recording.Decide(new object(), null, null).Events);

    [Fact]
    public void A_note_stands_where_it_happened_and_is_known_since_it_was_recorded()
    {
        var stored = new Event<NoteAdded>(new NoteAdded("checkout", "Seen", Noon, "ana", Now))
        {
            Id = Alert,
            StreamId = Alert,
            Timestamp = Now,
        };
        var entry = TimelineLines.Of(stored).Single();
        Assert.Equal((Noon, Now), (entry.OccurredAt, entry.RecordedAt));
        Assert.Equal(("incidents", "note-added", "Seen"), (entry.Source, entry.Kind, entry.Text));
    }

    [Fact]
    public void Every_event_of_an_incident_has_a_sentence()
    {
        // What is told elsewhere: each edit of a postmortem stands in the postmortem, each key moment in the story, and what came of a page
        // is told when it is known.
        foreach (
            var sample in Samples.Incidents.Where(sample =>
                sample
                    is not (
                        EntryRecorded
                        or SectionWritten
                        or KeyMomentTold
                        or KeyMomentLeftOut
                        or Steady.Incidents.Paging.PageTaken
                    )
            )
        )
            Assert.False(string.IsNullOrWhiteSpace(OwnSentences.Of(Alert, sample)?.Text), sample.GetType().Name);
    }

    [Fact]
    public void A_cursor_comes_back_as_it_went_and_nonsense_does_not()
    {
        var mark = new Mark(Noon, Now, Alert);
        Assert.Equal(mark, Mark.Read(mark.Print()));
        Assert.All(["", "abc", "!", "MSAyIDM"], nonsense => Assert.Null(Mark.Read(nonsense)));
    }

    [Fact]
    public void An_incident_is_told_with_half_an_hour_before_and_after()
    {
        var view = Seen(Noon, resolved: Noon.AddHours(1));
        Assert.Equal(
            new Scope(Alert, "checkout", Noon.AddMinutes(-30), Noon.AddMinutes(90)),
            Scope.Of(view, Noon.AddDays(1))
        );
        Assert.Equal(Now.AddMinutes(30), Scope.Of(view with { ResolvedAt = null }, Now).To);
        Assert.Equal(DateTimeOffset.MinValue, Scope.Of(Seen(DateTimeOffset.MinValue, null), Now).From);
    }

    private static Contracts.Incidents.IncidentView Seen(DateTimeOffset started, DateTimeOffset? resolved) =>
        new(
            Alert,
            1,
            7,
            "checkout",
            Contracts.Incidents.Severity.Sev2,
            Contracts.Incidents.IncidentStatus.Open,
            "Nobody can pay",
            null,
            "ana",
            null,
            started,
            Noon,
            null,
            null,
            resolved,
            null
        );

    private static string Text(Type type) => Entry(Recording.Decide(Samples.Of(type), "bo", Trace)).Text;

    private static EntryRecorded Entry(Decision decision) => Assert.IsType<EntryRecorded>(Assert.Single(decision));
}
