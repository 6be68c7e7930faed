using System.Text;
using JasperFx;
using JasperFx.Events;
using Marten;
using Steady.Budgets;
using Steady.Budgets.Exchange;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Weasel.Core;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;
using Steady.Budgets.Gates;
using Steady.Budgets.Intake;
using Steady.Budgets.Objectives;
using Steady.Budgets.Toil;

public sealed class StoredEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Alert = Guid.Parse("0195f000-0000-8000-8000-000000000001");
    private static readonly Guid Cause = Guid.Parse("0195f000-0000-7000-8000-000000000002");
    private static readonly Guid Stream = Guid.Parse("0195f000-0000-7000-8000-000000000003");
    private static readonly BudgetOf Of = new(
        Guid.Parse("0195f000-0000-8000-8000-000000000004"),
        "checkout-availability",
        "checkout"
    );

    private static readonly ObjectiveTerms Terms = new(
        0.999m,
        BudgetingMethod.Timeslices,
        [new("1M", new("2026-01-01 00:00:00", "Europe/Berlin")), new("30d")],
        new(60, 0.95m, NoDataRule.Excluded),
        [new(BurnSeverity.Page, "1h", "5m", 14.4m)],
        new(MinFailures: 5, MinEvents: 100, TrafficAware: true)
    );

    private static readonly DefineComposite Buying = new(
        "People can buy",
        "shop",
        0.998m,
        "28d",
        new(CompositeKind.Serial, Parts: [new(CompositeKind.Objective, "checkout-availability", 0.5m)])
    );

    private static readonly object[] Samples =
    [
        new ObjectiveDefined(
            "checkout-availability",
            "Checkouts succeed",
            "checkout",
            "checkout-requests",
            0.999m,
            "30d",
            "ana",
            At
        ),
        new ObjectiveRevised(
            "Checkouts succeed",
            "checkout",
            "checkout-requests",
            Terms,
            """{"apiVersion":"openslo/v1","kind":"SLO"}""",
            "production",
            "shop",
            "bo",
            At
        ),
        new ObjectiveRetired("bo", At),
        new BudgetOpened(Of, "Checkouts succeed", "checkout-requests", 0.999m, "30d", At),
        new BudgetRevised(Of, "Checkouts succeed", "checkout-requests", Terms, At, new(9_990, 10)),
        new BudgetRetired(Of, At, new(9_990, 10)),
        new BurnAlertOpened(
            Of,
            Alert,
            BurnSeverity.Page,
            "1h",
            "5m",
            14.4m,
            new(9_800, 200),
            new(800, 200),
            At,
            At.AddMinutes(-2)
        ),
        new BurnAlertEscalated(
            Of,
            Alert,
            BurnSeverity.Ticket,
            BurnSeverity.Page,
            "1h",
            "5m",
            14.4m,
            new(9_800, 200),
            new(800, 200),
            At,
            At.AddMinutes(-2)
        ),
        new BurnAlertClosed(Of, Alert, BurnSeverity.Page, new(9_800, 200), new(1_000, 0), At),
        new BudgetExhausted(Of, 9_990, 10, At),
        new BudgetRestored(Of, 9_991, 10, At),
        new ThresholdCrossed(Of, "30d", 75, true, new(99_925, 75), At),
        new WindowRolled(Of, "1M", 0.999m, At.AddDays(-31), At, new(99_940, 60), At),
        new DependenciesDeclared(Of, ["ledger-availability"], At),
        new CompositeDefined("buying", Buying, "ana", At),
        new CompositeRetired("buying", "ana", At),
        new CompositeAlertOpened(
            new(
                Of,
                Alert,
                BurnSeverity.Page,
                "1h",
                "5m",
                14.4m,
                new(980_000, 20_000),
                new(800_000, 200_000),
                At,
                At.AddMinutes(-2)
            )
        ),
        new CompositeAlertEscalated(
            new(
                Of,
                Alert,
                BurnSeverity.Ticket,
                BurnSeverity.Page,
                "1h",
                "5m",
                14.4m,
                new(980_000, 20_000),
                new(800_000, 200_000),
                At,
                null
            )
        ),
        new CompositeAlertClosed(new(Of, Alert, BurnSeverity.Page, new(980_000, 20_000), new(1_000_000, 0), At)),
        new DataGapOpened(Of, At.AddMinutes(-10), At),
        new DataGapClosed(Of, At.AddMinutes(-10), At.AddSeconds(-10), At),
        new LateDataApplied(Of, At.AddDays(-3), At.AddDays(-2), new(90, 10), At.AddMinutes(-1), At),
        new SumsDiffered(Of, At.AddHours(-1), At, new(99, 1), new(100, 1), At),
        new SpendAttributed(Of, CauseKind.Incident, Cause, "Disk full", At.AddMinutes(-9), At, 35, 0.7m, At),
        new ExclusionsSet(Of, [new(At.AddHours(-2), At.AddHours(-1))], At),
        new TeamStaffed("checkout-sre", 6, 40, "checkout-dev", ["checkout"], "Europe/Berlin", "ana", At),
        new ToilRecorded("checkout-sre", Alert, At.AddHours(-1), 45, ToilKind.Ticket, Cause, "OPS-204", At),
        new ToilWithdrawn("checkout-sre", Alert, "ana", At),
        new ToilCapReached("checkout-sre", "2026-W48", 7_201, 7_200, "checkout-dev", At.AddDays(6), At),
        new ToilCapCleared("checkout-sre", "2026-W48", 7_100, 7_200, At),
        new TicketRouted("checkout-sre", "OPS-205", "Renew", "checkout-dev", true, "2026-W48", 7_201, 7_200, At),
        .. GateSamples.Stored,
        new SourceSet(
            "checkout-requests",
            new(SourceOrigin.RemoteWrite, new CounterTerms("""requests_total{code!~"5.."}""", Total: "requests_total")),
            "ana",
            At
        ),
        new SourceSet(
            "checkout-latency",
            new(
                SourceOrigin.Pull,
                Latency: new LatencyTerms("seconds", 0.3m),
                Pull: new PullTerms("http://prometheus")
            ),
            "ana",
            At
        ),
        new SourceDisabled("checkout-latency", "ana", At),
    ];

    [Fact]
    public void Every_stored_event_has_a_name_and_a_sample() =>
        Assert.Equal(StoredShapes.Names.Keys.ToHashSet(), Samples.Select(sample => sample.GetType()).ToHashSet());

    [Fact]
    public void Stored_shapes_stay_as_they_are()
    {
        var options = new StoreOptions();
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        var text = new StringBuilder();
        foreach (var sample in Samples)
            text.AppendLine(StoredShapes.Names[sample.GetType()])
                .AppendLine(options.Serializer().ToJson(sample))
                .AppendLine();
        Golden.MatchesText(text.ToString(), "tests", "Unit", "Budgets", "stored-events.golden.txt");
    }

    [Fact]
    public void What_others_hear_stays_as_it_is()
    {
        var heard = Samples.Select(sample => Announcements.Of(Stored(sample))).OfType<object>();
        var text = string.Join("\n\n", heard.Select(Golden.Print)) + "\n";
        Golden.MatchesText(text, "tests", "Unit", "Budgets", "announcements.golden.txt");
    }

    [Fact]
    public void That_an_objective_was_defined_revised_or_retired_stays_private() =>
        Assert.All(Samples.Take(4), sample => Assert.Null(Announcements.Of(Stored(sample))));

    [Fact]
    public void Events_from_before_there_were_terms_still_read()
    {
        const string old =
            """{"of":{"objectiveId":"0195f000-0000-8000-8000-000000000004","objective":"a","service":"b"},"displayName":"A","sli":"s","target":0.99,"window":"7d","at":"2026-11-24T10:00:00+00:00"}""";
        var options = new StoreOptions();
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(old));
        var budget = Spec.Fold<Budget>(options.Serializer().FromJson<BudgetOpened>(stream))!;
        Assert.Equal(
            (0.99m, BudgetingMethod.Occurrences, "7d", null, CountUnit.Events),
            (
                budget.Terms.Target,
                budget.Terms.Method,
                budget.Terms.Windows.Single().Duration,
                budget.Terms.Rules,
                budget.Of.Unit
            )
        );
    }

    private static IEvent Stored(object data)
    {
        var stored = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
        stored.StreamId = Stream;
        return stored;
    }
}
