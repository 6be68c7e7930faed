using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>Terms that held before a revision, and how they stood when it came.</summary>
public sealed record PastTerms(
    int Revision,
    string Sli,
    ObjectiveTerms Terms,
    DateTimeOffset From,
    DateTimeOffset Until,
    Tally? Stood = null
);

/// <summary>State of an objective's budget, folded from the events of BudgetEvents.cs.</summary>
public sealed record Budget
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required BudgetOf Of { get; init; }
    public required string Service { get; init; }
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public required string Sli { get; init; }
    public decimal Target { get; init; }

    /// <summary>Length of the first window, the one that alerts and gates go by.</summary>
    public required string Window { get; init; }

    public ObjectiveTerms Terms
    {
        get => field ?? BudgetTerms.Rolling(Target, Window);
        init;
    } = null!;

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>1 for the terms it was opened with.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>When the terms that hold now began to.</summary>
    public DateTimeOffset TermsSince { get; init; }

    public IReadOnlyList<PastTerms> Past { get; init; } = [];
    public bool Retired { get; init; }

    /// <summary>How it stood when it was retired.</summary>
    public Tally? Stood { get; init; }
    public IReadOnlyList<OpenBurnAlert> Alerts { get; init; } = [];
    public bool Exhausted { get; init; }

    /// <summary>Highest quarter of the budget that the spend has reached and not left: 0, 25, 50, 75 or 100.</summary>
    public int Threshold { get; init; }

    /// <summary>Where the data gap began; null when there is none.</summary>
    public DateTimeOffset? GapSince { get; init; }

    /// <summary>Up to where each calendar window has been closed, by its name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> RolledTo { get; init; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>Something that only time can end: an open alert, an empty budget, a data gap.</summary>
    public bool Troubled { get; init; }

    /// <summary>The newest judgement; figures from before it are not judged again.</summary>
    public DateTimeOffset JudgedAt { get; init; }

    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>Late counts that were recorded up to then have been told.</summary>
    public DateTimeOffset LateToldUntil { get; init; }

    /// <summary>When the budget ran out; null while some is left.</summary>
    public DateTimeOffset? ExhaustedAt { get; init; }

    /// <summary>Periods whose events count neither as good nor as bad, in order and without overlaps.</summary>
    public IReadOnlyList<Interval> Exclusions { get; init; } = [];

    /// <summary>Names of the objectives that must hold for this one to.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public static Budget Create(BudgetOpened e)
    {
        var terms = e.Terms ?? BudgetTerms.Rolling(e.Target, e.Window);
        return new()
        {
            Of = e.Of with { Unit = BudgetTerms.UnitOf(terms.Method) },
            Service = e.Of.Service,
            Name = e.Of.Objective,
            DisplayName = e.DisplayName,
            Sli = e.Sli,
            Target = terms.Target,
            Window = terms.Windows[0].Duration,
            Terms = terms,
            TermsSince = e.At,
            OpenedAt = e.At,
        };
    }

    public Budget Apply(BudgetRevised e) =>
        this with
        {
            Past = [.. Past, new(Revision, Sli, Terms, TermsSince, e.At, e.Stood)],
            Revision = Revision + 1,
            TermsSince = e.At,
            Of = e.Of with { Unit = BudgetTerms.UnitOf(e.Terms.Method) },
            Service = e.Of.Service,
            DisplayName = e.DisplayName,
            Sli = e.Sli,
            Target = e.Terms.Target,
            Window = e.Terms.Windows[0].Duration,
            Terms = e.Terms,
        };

    // What is open is closed by the next judgement, and nothing after it.
    public Budget Apply(BudgetRetired e) => this with { Retired = true, Stood = e.Stood, Troubled = Alerts.Count > 0 };

    public Budget Apply(BurnAlertOpened e) =>
        Judged(
            e.At,
            this with
            {
                Alerts = [.. Alerts, new(e.AlertId, e.Severity, e.LongWindow, e.ShortWindow, e.Factor, e.At)],
            }
        );

    public Budget Apply(BurnAlertEscalated e) =>
        Judged(
            e.At,
            this with
            {
                Alerts = [.. Alerts.Select(alert => alert.Id == e.AlertId ? Raised(alert, e) : alert)],
            }
        );

    public Budget Apply(BurnAlertClosed e) =>
        Judged(e.At, this with { Alerts = [.. Alerts.Where(alert => alert.Id != e.AlertId)] });

    public Budget Apply(BudgetExhausted e) => Judged(e.At, this with { Exhausted = true, ExhaustedAt = e.At });

    public Budget Apply(BudgetRestored e) => Judged(e.At, this with { Exhausted = false, ExhaustedAt = null });

    public Budget Apply(DependenciesDeclared e) => this with { DependsOn = e.Objectives };

    public Budget Apply(ExclusionsSet e) => this with { Exclusions = e.Exclusions };

    public Budget Apply(ThresholdCrossed e) =>
        Judged(e.At, this with { Threshold = e.Rising ? e.Percent : e.Percent - 25 });

    public Budget Apply(WindowRolled e) =>
        Judged(e.At, this with { RolledTo = new Dictionary<string, DateTimeOffset>(RolledTo) { [e.Window] = e.To } });

    public Budget Apply(DataGapOpened e) => Judged(e.At, this with { GapSince = e.Since });

    public Budget Apply(DataGapClosed e) => Judged(e.At, this with { GapSince = null });

    // Causes that have left the longest window can no longer have spent anything of it.
    public Budget Apply(SpendAttributed e) =>
        this with
        {
            Causes =
            [
                .. Causes.Where(cause => cause.Id != e.CauseId && cause.To >= e.At - BudgetTerms.LongestOf(Terms)),
                new Cause(e.Kind, e.CauseId, e.Label, e.From, e.To),
            ],
        };

    public Budget Apply(LateDataApplied e) => this with { LateToldUntil = e.RecordedUntil };

    public static Guid IdOf(Guid objectiveId) => Kernel.StableId.From("budget", objectiveId.ToString());

    private static OpenBurnAlert Raised(OpenBurnAlert alert, BurnAlertEscalated e) =>
        alert with
        {
            Severity = e.Severity,
            LongWindow = e.LongWindow,
            ShortWindow = e.ShortWindow,
            Factor = e.Factor,
        };

    private static Budget Judged(DateTimeOffset at, Budget budget) =>
        budget with
        {
            JudgedAt = at,
            Troubled =
                budget.Alerts.Count > 0 || (!budget.Retired && (budget.Exhausted || budget.GapSince is not null)),
        };
}
