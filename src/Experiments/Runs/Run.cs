using System.Text.Json.Serialization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Runs;

/// <summary>A fault that may be in place: asked for and not yet seen to be out.</summary>
public sealed record LiveFault(int RungNumber, Guid LeaseId);

/// <summary>Why a run is to end at once, and who says so.</summary>
public sealed record Cause(string Reason, string By);

/// <summary>One execution of a frozen design, as its rules see it.</summary>
public sealed record Run
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public Guid ExperimentId { get; init; }
    public ExperimentDesign Design { get; init; } = null!;
    public About About { get; init; } = null!;
    public IReadOnlyList<string> Dependents { get; init; } = [];
    public IReadOnlyList<BudgetReservation> Reserved { get; init; } = [];
    public RunState State { get; init; }
    public long Epoch { get; init; }
    public bool? Baseline { get; init; }
    public IReadOnlyList<RungResult> Rungs { get; init; } = [];
    public IReadOnlyList<LiveFault> Faults { get; init; } = [];
    public bool EffectMissed { get; init; }
    public IReadOnlyList<RollbackResult> Rollbacks { get; init; } = [];
    public BreakingPoint? Was { get; init; }
    public Cause? Halt { get; init; }
    public bool RecoveryDone { get; init; }
    public decimal? RecoverySeconds { get; init; }
    public Verdict? Verdict { get; init; }
    public string? Finding { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ended; nothing but a person's confirmation can follow.</summary>
    [JsonIgnore]
    public bool Over =>
        State is RunState.Refused or RunState.Concluded or RunState.Halted or RunState.RevertUnconfirmed;

    /// <summary>Whether who uses this service may feel the run: it is in the blast radius, or depends on what is.</summary>
    public bool Reaches(string service) => About.Services.Contains(service) || Dependents.Contains(service);

    /// <summary>No further fault will be brought in: the run is only taking back and looking.</summary>
    [JsonIgnore]
    public bool Ending =>
        Halt is not null
        || Baseline == false
        || EffectMissed
        || (Rungs.Count > 0 && Rungs.All(rung => rung.Held is not null) && Ladders.Next(this) is null);

    public static Run Create(RunRequested e) =>
        new()
        {
            ExperimentId = e.ExperimentId,
            Design = e.Design,
            About = e.About,
            Dependents = e.Dependents ?? [],
            State = RunState.Baselining,
        };

    public Run Apply(RunRefused e) => this with { State = RunState.Refused, Reason = e.Reason, EndedAt = e.At };

    public Run Apply(BudgetReserved e) => this with { Reserved = e.Budgets };

    public Run Apply(ControllerAttached e) => this with { Epoch = e.Epoch };

    public Run Apply(BaselineMeasured e) => this with { Baseline = e.Held };

    public Run Apply(StepStarted e) =>
        this with
        {
            State = RunState.Injecting,
            Rungs = [.. Rungs, new RungResult(e.RungNumber, e.Rung, e.At, false, 0, 0, null, null)],
            Faults = [.. Faults, new LiveFault(e.RungNumber, e.LeaseId)],
        };

    public Run Apply(FaultInjected e) =>
        On(e.RungNumber, rung => rung with { EffectVerified = true }) with
        {
            State = RunState.Holding,
        };

    public Run Apply(EffectNotSeen _) => this with { State = RunState.Reverting, EffectMissed = true };

    public Run Apply(RungJudged e) =>
        On(e.RungNumber, rung => rung with { Held = e.Held, Good = e.Good, Bad = e.Bad, Alarms = e.Alarms }) with
        {
            State = RunState.Reverting,
        };

    public Run Apply(HaltRequested e) =>
        this with
        {
            State = Faults.Count > 0 ? RunState.Reverting : RunState.Recovering,
            Halt = new Cause(e.Reason, e.By),
            Reason = e.Reason,
        };

    public Run Apply(FaultReverted e)
    {
        var reverted = On(e.RungNumber, rung => rung with { RevertedAt = e.At }) with
        {
            Faults = [.. Faults.Where(fault => fault.LeaseId != e.LeaseId)],
        };
        return reverted with
        {
            State =
                reverted.Faults.Count > 0 ? RunState.Reverting
                : reverted.Ending ? RunState.Recovering
                : RunState.Injecting,
        };
    }

    public Run Apply(RecoveryMeasured e) => this with { RecoveryDone = true, RecoverySeconds = e.Seconds };

    public Run Apply(RollbackCalled e) =>
        this with
        {
            Rollbacks = [.. Rollbacks, new RollbackResult(e.Number, e.Method, e.Url, e.Ok, e.Detail, e.At)],
        };

    public Run Apply(RunConcluded e) => End(RunState.Concluded, e.Verdict, e.Finding, e.At) with { Was = e.Was };

    public Run Apply(RunHalted e) => End(RunState.Halted, e.Verdict, e.Finding, e.At) with { Was = e.Was };

    public Run Apply(RevertUnconfirmed e) =>
        End(RunState.RevertUnconfirmed, e.Verdict, e.Finding, e.At) with
        {
            Reason = Reason is null ? e.Detail : $"{Reason} {e.Detail}",
        };

    public Run Apply(RevertConfirmed _) => this with { State = RunState.Halted, Faults = [] };

    private Run On(int number, Func<RungResult, RungResult> change) =>
        this with
        {
            Rungs = [.. Rungs.Select(rung => rung.Number == number ? change(rung) : rung)],
        };

    private Run End(RunState state, Verdict verdict, string finding, DateTimeOffset at) =>
        this with
        {
            State = state,
            Verdict = verdict,
            Finding = finding,
            EndedAt = at,
        };
}
