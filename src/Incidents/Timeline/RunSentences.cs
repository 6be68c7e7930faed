using System.Globalization;
using Steady.Contracts.Experiments;

namespace Steady.Incidents.Timeline;

/// <summary>What Experiments announces, as lines of a timeline.</summary>
public static class RunSentences
{
    public static Line? Of(object message) =>
        message switch
        {
            RunRefused e => Run(e.At, e.Services, e.RunId, e.By, $"A run of {e.Experiment} was refused: {e.Reason}"),
            RunStarted e => Run(e.At, e.Services, e.RunId, e.By, $"A run of {e.Experiment} began on {e.Edge}."),
            FaultInjected e => Run(
                e.At,
                e.Services,
                e.RunId,
                e.By,
                $"Rung {Number(e.RungNumber)}: {Strength(e.Rung)} in place on {e.Edge} ({e.Experiment})."
            ),
            FaultReverted e => Run(
                e.At,
                e.Services,
                e.RunId,
                e.By,
                $"Rung {Number(e.RungNumber)}: the fault on {e.Edge} is out ({e.Experiment})."
            ),
            RungJudged e => Run(e.At, e.Services, e.RunId, e.By, Judged(e)),
            RunHalted e => Run(
                e.At,
                e.Services,
                e.RunId,
                e.By,
                $"The run of {e.Experiment} was halted: {e.Reason} {e.Finding}"
            ),
            RunConcluded e => Run(e.At, e.Services, e.RunId, e.By, $"The run of {e.Experiment} ended: {e.Finding}"),
            RevertUnconfirmed e => Run(
                e.At,
                e.Services,
                e.RunId,
                e.By,
                $"The run of {e.Experiment} ended, but a fault may still be in place on {e.Edge}: {e.Detail}"
            ),
            _ => null,
        };

    private static Line Run(DateTimeOffset at, IReadOnlyList<string> services, Guid run, string by, string text) =>
        new(at, services, run, text) { By = by };

    private static string Judged(RungJudged e) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Rung {e.RungNumber} ({Strength(e.Rung)}): the steady state {(e.Held ? "held" : "broke")}, {e.Good} of {e.Good + e.Bad} probes within tolerance ({e.Experiment})."
        );

    private static string Strength(Rung rung) =>
        rung.Fault == FaultKind.Failure ? $"{Number(rung.Magnitude)} % failing connections" : FaultKinds.Strength(rung);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
