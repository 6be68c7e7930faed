using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Xunit;
using static Steady.Tests.Unit.Incidents.Analysis.Told;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Analysis;

public sealed class ContradictionsTests
{
    private static readonly IncidentView Subject = new(
        Told.Incident,
        1,
        7,
        "checkout",
        Severity.Sev2,
        IncidentStatus.Open,
        "Nobody can pay",
        null,
        "ana",
        null,
        Told.Noon,
        Told.Noon,
        null,
        null,
        null,
        null
    );

    [Fact]
    public void An_effect_that_surely_happened_before_its_cause_is_one()
    {
        var found = Only([Entry(1, 1, "symptom", "Payments fail", causes: 2), Entry(2, 9, "deploy", "Release 7")]);
        Assert.Equal(ContradictionKind.EffectBeforeCause, found.Kind);
        Assert.Equal([Id(1), Id(2)], found.Claims.Select(claim => claim.Entry));
        Assert.Contains("surely before", found.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_that_may_have_happened_after_its_cause_is_none()
    {
        var entries = new[]
        {
            Entry(1, 1, "symptom", "Payments fail", causes: 2) with
            {
                OccurredUntil = At(9),
            },
            Entry(2, 5, "deploy", "Release 7"),
        };
        Assert.Empty(Find(entries));
    }

    [Fact]
    public void What_a_person_says_led_to_something_counts_as_well()
    {
        var found = Contradictions.Find(
            [Entry(1, 1, "symptom", "Payments fail"), Entry(2, 9, "deploy", "Release 7")],
            [(Id(2), Id(1))],
            At(100)
        );
        Assert.Equal(ContradictionKind.EffectBeforeCause, Assert.Single(found).Kind);
    }

    [Fact]
    public void Causes_in_a_circle_are_one_contradiction_of_all_of_them()
    {
        var found = Only([
            Entry(1, 1, "symptom", "One", causes: 3) with
            {
                OccurredUntil = At(20),
            },
            Entry(2, 1, "symptom", "Two", causes: 1) with
            {
                OccurredUntil = At(20),
            },
            Entry(3, 1, "symptom", "Three", causes: 2) with
            {
                OccurredUntil = At(20),
            },
        ]);
        Assert.Equal((ContradictionKind.CausalCycle, 3), (found.Kind, found.Claims.Count));
    }

    [Fact]
    public void Two_accounts_that_name_one_fact_and_date_it_apart_contradict_each_other_whatever_their_words()
    {
        TimelineEntry Fact(int number, double minute, string source) =>
            Entry(number, minute, "context", $"{number}", source) with
            {
                Labels = new Dictionary<string, string> { ["fact"] = "end of the data loss" },
            };
        var found = Only([Fact(1, 0, "chat-log"), Fact(2, 30, "report")]);
        Assert.Equal((ContradictionKind.DifferentTimes, 1m), (found.Kind, found.Likeness));
        Assert.Contains("\"end of the data loss\"", found.Explanation, StringComparison.Ordinal);
        Assert.Contains("30 min", found.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void One_account_that_tells_a_thing_twice_does_not_contradict_itself() =>
        Assert.Empty(
            Find([
                Entry(1, 0, "action", "Restarted the payment gateway"),
                Entry(2, 9, "action", "Restarted the payment gateway"),
            ])
        );

    [Fact]
    public void What_somebody_writes_can_contradict_what_the_incident_did()
    {
        var found = Only([
            Act(1, 0, "incident-declared", "INC-7 declared on checkout"),
            Act(2, 20, "incident-mitigated", "Mitigated: rolled back release 7"),
            Entry(3, 5, "mitigate", "Rolled back release 7", "chat-log", author: "bo"),
        ]);
        Assert.Equal(ContradictionKind.DifferentTimes, found.Kind);
        Assert.Contains("bo", found.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_incident_that_was_written_down_afterwards_did_not_happen_then()
    {
        TimelineEntry[] told =
        [
            Entry(1, 0, "declare", "Incident declared", "report"),
            Entry(2, 30, "recover", "Payments work", "report"),
        ];
        Assert.Empty(Find([.. told, Act(3, 60 * 24 * 30, "incident-declared", "INC-7 declared on checkout")]));
        Assert.NotEmpty(Find([.. told, Act(3, 50, "incident-declared", "INC-7 declared on checkout")]));
    }

    [Fact]
    public void An_alert_does_not_contradict_the_sign_that_it_warns_of()
    {
        var alert = Act(1, 5, "alert-fired", "Alert: checkouts fail", "prod");
        Assert.Empty(Find([alert, Entry(2, 0, "symptom", "checkouts fail")]));
        Assert.Single(Find([alert, Entry(2, 0, "alert", "alert that checkouts fail")]));
    }

    [Theory]
    [InlineData("ack", "Bo takes it")]
    [InlineData("mitigate", "Rolled back")]
    [InlineData("recover", "Traffic is normal")]
    [InlineData("resolve", "All is well")]
    public void What_happened_before_anything_was_noticed_cannot_be(string kind, string text)
    {
        var found = Only([Entry(1, 1, kind, text), Entry(2, 5, "symptom", "Payments fail")]);
        Assert.Equal(ContradictionKind.ForbiddenState, found.Kind);
        Assert.Empty(Find([Entry(1, 9, kind, text), Entry(2, 5, "symptom", "Payments fail")]));
    }

    [Fact]
    public void A_fault_that_was_out_before_it_was_in_cannot_be()
    {
        TimelineEntry Step(int number, double minute, string kind) =>
            Entry(number, minute, kind, kind, "experiments") with
            {
                SubjectId = Id(99),
                IncidentId = null,
            };
        Assert.Equal(
            ContradictionKind.ForbiddenState,
            Only([Step(1, 5, "fault-injected"), Step(2, 1, "fault-reverted")]).Kind
        );
        Assert.Empty(Find([Step(1, 1, "fault-injected"), Step(2, 5, "fault-reverted")]));
    }

    [Fact]
    public void A_promise_whose_moment_passed_is_one_under_the_same_id_before_and_after_it_was_kept_late()
    {
        var promise = Entry(1, 0, "comms", "We expect payments to work again in 30 minutes");
        Assert.Empty(Contradictions.Find([promise], [], At(29)));
        var before = Assert.Single(Contradictions.Find([promise], [], At(31)));
        var after = Only([promise, Entry(2, 50, "recover", "Payments work")]);
        Assert.Equal(before.Id, after.Id);
        Assert.Empty(Find([promise, Entry(2, 20, "recover", "Payments work")]));
    }

    [Fact]
    public void The_same_entries_give_the_same_contradictions_however_they_come_in() =>
        Gen.Shuffle(Published.Entries("sre-book-shakespeare").ToArray())
            .Sample(shuffled =>
                Find(shuffled)
                    .Select(one => one.Id)
                    .SequenceEqual(Find(Published.Entries("sre-book-shakespeare")).Select(one => one.Id))
            );

    [Fact]
    public void A_ruling_names_what_holds_and_again_is_a_new_one()
    {
        var found = Only([Entry(1, 1, "symptom", "Payments fail", causes: 2), Entry(2, 9, "deploy", "Release 7")]);
        var one = new RuleOnContradiction(RulingVerdict.OneHolds, "The log says so.", Id(1));
        Assert.Empty(Ruling.Check(found, one));
        var first = Assert.IsType<ContradictionRuled>(
            Assert.Single(Ruling.Decide(null, Subject, found, one, Ana, Now))
        );
        Assert.Equal([Id(1), Id(2)], first.Entries);
        var ruled = RuledContradiction.Create(first);
        Assert.Empty(Ruling.Decide(ruled, Subject, found, one, Ana, Now));
        var other = new RuleOnContradiction(RulingVerdict.AllHold, "There were two releases.");
        var second = Assert.Single(Ruling.Decide(ruled, Subject, found, other, Bo, Now));
        var shown = ruled.Apply((ContradictionRuled)second).On(found);
        Assert.Equal((RulingVerdict.AllHold, "bo"), (shown.Ruling!.Verdict, shown.Ruling.By));
        Assert.Equal("ana", Assert.Single(shown.EarlierRulings!).By);
    }

    [Theory]
    [InlineData(RulingVerdict.OneHolds, "Because", null, "holds")]
    [InlineData(RulingVerdict.OneHolds, "Because", 9, "holds")]
    [InlineData(RulingVerdict.AllHold, "Because", 1, "holds")]
    [InlineData(RulingVerdict.AllHold, " ", null, "reason")]
    public void A_ruling_that_names_no_entry_or_the_wrong_one_is_none(
        RulingVerdict verdict,
        string reason,
        int? holds,
        string field
    )
    {
        var found = Only([Entry(1, 1, "symptom", "Payments fail", causes: 2), Entry(2, 9, "deploy", "Release 7")]);
        var command = new RuleOnContradiction(verdict, reason, holds is { } number ? Id(number) : null);
        Assert.Equal(field, Assert.Single(Ruling.Check(found, command)).Field);
    }

    private static IReadOnlyList<ContradictionView> Find(IReadOnlyList<TimelineEntry> entries) =>
        Contradictions.Find(entries, [], At(10_000));

    private static ContradictionView Only(IReadOnlyList<TimelineEntry> entries) => Assert.Single(Find(entries));
}
