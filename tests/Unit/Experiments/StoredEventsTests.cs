using System.Text;
using System.Text.Json;
using JasperFx;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Exchange;
using Steady.Experiments.Prediction;
using Steady.Tests.Support;
using Weasel.Core;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.GameDays;
using Steady.Experiments.Learning;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Levers;
using Steady.Experiments.Spending;

public sealed class StoredEventsTests
{
    private static readonly object[] Samples =
    [
        new ExperimentDrafted(Design, "ana", Now),
        new DraftChanged(Design, "ana", Now),
        new ExperimentImported("f00d", [new("W-NO-ROLLBACK", "/rollbacks", "Nothing puts it back.")], "ana", Now),
        new DesignFrozen("5a1f", "ana", Now),
        new TopologyDeclared(
            "staging",
            new(
                [new("checkout", "ledger", DependencyStrength.Hard, "checkout-ledger")],
                [new("buy", "checkout")],
                [new("checkout", 2)]
            ),
            "ana",
            Now
        ),
        new TopologyTraced("staging", [new("checkout", "ledger", 12)], "ana", Now),
        Requested,
        new GateEvaluated("budget", "checkout", true, "Budget is left.", Now),
        new BudgetReserved(0.1m, [new("checkout-availability", "checkout", 1000, 100, 4m, Now)], Now),
        new RunRefused(Subject, "Budget (checkout): The budget is spent.", Now),
        new RunStarted(Subject, Requested.ExperimentId, Now),
        new ControllerAttached(1, Now),
        new BaselineMeasured(20, 0, true, Now),
        new StepStarted(1, Latency(100), Lease1, Now),
        new LeaseGranted(1, Lease1, 1, 10, Now),
        new FaultInjected(Subject, 1, Latency(100), Seen, Now),
        new EffectNotSeen(1, Failure(20), Seen, Now),
        new RungJudged(Subject, 1, Latency(100), true, 20, 0, Now),
        Halted,
        new FaultReverted(Subject, 1, Lease1, true, "bo", Now),
        new RecoveryMeasured(0.4m, Now),
        new RunConcluded(
            Subject,
            Verdict.Broke,
            "Broke between 100 and 200 ms of latency.",
            Now,
            new BreakingPoint(FaultKind.Latency, 200, 100),
            new BreakingPoint(FaultKind.Latency, 100, null)
        ),
        new RunHalted(Subject, Verdict.Inconclusive, "Ended before the next rung.", "Enough.", "ana", Now),
        new RollbackCalled(1, "POST", "http://127.0.0.1:8090/reset", true, "Answered 204.", Now),
        new RevertUnconfirmed(Subject, "No answer.", Verdict.Inconclusive, "Ended before the next rung.", Now),
        new RevertConfirmed(Subject, "Looked.", "Ended before the next rung.", "ana", Now),
        new BudgetCharged(Subject, Lease2, [new("checkout-availability", "checkout", 43, 2, 0.043m)], true, Now),
        new BudgetReconciled(Subject, Lease2, [new("checkout-availability", 43, 40, false)], false, Now),
        new LeverEngaged("staging", "Customers complain.", "ana", Now),
        new LeverReleased("staging", "It is over.", "ana", Now),
        BlackoutTests.Declared,
        BlackoutTests.Lifted,
        GameDays.Planned,
        new GameDayReplanned(GameDays.About, GameDays.Plan, "ana", Now),
        new RoleAssigned("joe", GameDayRole.Operator, "ana", Now),
        GameDays.Asked,
        GameDays.Granted,
        new ApprovalRefused(GameDays.About, "Not this week.", "gwen", Now),
        new ApprovalLapsed(GameDays.About, Now),
        GameDays.Vote("bo", false),
        GameDays.Told,
        GameDays.Known,
        new AnnouncementEscalated(GameDays.About, 1, "ops", "Checkout may be slow.", ["hana"], "ivo", Now),
        new NoteTaken("Slow, but it works.", "dana", Now),
        GameDays.Called,
        new SurpriseDrawn(GameDays.Run, ["slow-ledger", "lost-ledger"], 7, "slow-ledger", "cleo", Now),
        new GameDayConcluded(GameDays.About, "It holds 200 ms.", "bo", Now),
        LearningTests.Raised,
        LearningTests.Linked,
        new RegressionExperimentCreated(Lease1, "slow-ledger-holds-000000f1", Latency(200), "ana", Now),
        new FixVerified(LearningTests.About, "slow-ledger-holds-000000f1", Lease2, Now),
        PromotionTests.Promoted,
        PromotionTests.Revoked,
    ];

    [Fact]
    public void Every_stored_event_has_a_name_and_a_sample() =>
        Assert.Equal(StoredNames.All.Keys.ToHashSet(), Samples.Select(sample => sample.GetType()).ToHashSet());

    [Fact]
    public void Stored_shapes_stay_as_they_are()
    {
        var options = new StoreOptions();
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        var text = new StringBuilder();
        foreach (var sample in Samples)
        {
            using var json = JsonDocument.Parse(options.Serializer().ToJson(sample));
            text.AppendLine(StoredNames.All[sample.GetType()]).AppendLine(json.RootElement.GetRawText()).AppendLine();
        }

        Golden.MatchesText(text.ToString(), "tests", "Unit", "Experiments", "stored-events.golden.txt");
    }

    [Fact]
    public void Each_event_that_others_need_is_announced_and_no_other()
    {
        var announced = Samples
            .Select(sample => Announcements.Announce(Stored(sample)))
            .OfType<object>()
            .Select(message => message.GetType().Name);
        Assert.Equal(
            [
                "RunRefused",
                "RunStarted",
                "FaultInjected",
                "RungJudged",
                "FaultReverted",
                "RunConcluded",
                "RunHalted",
                "RevertUnconfirmed",
                "RunHalted",
                "BudgetCharged",
                "BudgetReconciled",
                "LeverEngaged",
                "LeverReleased",
                "BlackoutDeclared",
                "BlackoutLifted",
                "GameDayPlanned",
                "GameDayPlanned",
                "ApprovalChanged",
                "ApprovalChanged",
                "ApprovalChanged",
                "ApprovalChanged",
                "GoNoGoVoted",
                "AnnouncementSent",
                "AnnouncementAcknowledged",
                "AnnouncementEscalated",
                "AgendaRunCalled",
                "GameDayConcluded",
                "FindingRaised",
                "ActionItemLinked",
                "FixVerified",
                "ExperimentPromoted",
                "PromotionRevoked",
            ],
            announced
        );
    }

    [Fact]
    public void An_announcement_names_the_run_by_its_stream()
    {
        var halted = Assert.IsType<Steady.Contracts.Experiments.RunHalted>(
            Announcements.Announce(Stored(Samples.OfType<RunHalted>().Single()))
        );
        Assert.Equal((Lease2, "Enough.", "ana", Now), (halted.RunId, halted.Reason, halted.By, halted.StartedAt));
    }

    private static JasperFx.Events.IEvent Stored(object data)
    {
        var type = typeof(JasperFx.Events.Event<>).MakeGenericType(data.GetType());
        var stored = (JasperFx.Events.IEvent)Activator.CreateInstance(type, data)!;
        stored.StreamId = Lease2;
        return stored;
    }
}
