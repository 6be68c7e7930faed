using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Closed when a call that is to put something back would not be made: that is found out before, not after.</summary>
public sealed class RollbackGate(AllowedHosts hosts) : IGate
{
    public Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<GateEvaluated>>([
            .. (question.Design.Rollback ?? []).Select(call =>
            {
                var refused = hosts.Refuses(call.Url);
                return new GateEvaluated(
                    "rollback",
                    call.Url,
                    refused is null,
                    refused ?? "The call may be made.",
                    question.At
                );
            }),
        ]);
}
