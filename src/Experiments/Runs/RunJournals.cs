using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Runs;

/// <summary>
/// A run that is over as Chaos Toolkit would have written it down, so that whatever reads its journals reads ours: pure, from
/// the recorded events alone. What Chaos Toolkit has no place for (gates, leases, epochs) is left out.
/// </summary>
public static class RunJournals
{
    // The shape is that of this version of its library.
    private const string Shape = "1.45.0";

    /// <param name="experiment">The design as an experiment of Chaos Toolkit.</param>
    /// <param name="happened">The events of the run.</param>
    public static JsonObject Of(JsonNode experiment, IReadOnlyList<object> happened)
    {
        var run = Folded(happened);
        var (start, end) = (run.About.StartedAt, run.EndedAt ?? run.About.StartedAt);
        return new JsonObject
        {
            ["chaoslib-version"] = Shape,
            ["platform"] = "Steady",
            ["node"] = run.About.Edge,
            ["experiment"] = experiment,
            ["start"] = Moment(start),
            ["status"] = Status(run, happened),
            ["deviated"] = run.Verdict == Verdict.Broke,
            ["steady_states"] = new JsonObject
            {
                ["before"] = Before(run, happened),
                ["after"] = After(run, happened),
                ["during"] = new JsonArray([.. Judged(run, happened).Select(rung => Steady(rung.Held, rung.Probe))]),
            },
            ["run"] = new JsonArray([.. Steps(run, happened)]),
            ["rollbacks"] = new JsonArray([.. PutBack(run, happened)]),
            ["end"] = Moment(end),
            ["duration"] = Seconds(start, end),
        };
    }

    private static Run Folded(IReadOnlyList<object> happened)
    {
        Run? run = null;
        foreach (var one in happened)
            run = one switch
            {
                RunRequested e => Run.Create(e),
                RunRefused e => run!.Apply(e),
                BaselineMeasured e => run!.Apply(e),
                StepStarted e => run!.Apply(e),
                FaultInjected e => run!.Apply(e),
                EffectNotSeen e => run!.Apply(e),
                RungJudged e => run!.Apply(e),
                HaltRequested e => run!.Apply(e),
                FaultReverted e => run!.Apply(e),
                RecoveryMeasured e => run!.Apply(e),
                RollbackCalled e => run!.Apply(e),
                RunConcluded e => run!.Apply(e),
                RunHalted e => run!.Apply(e),
                RevertUnconfirmed e => run!.Apply(e),
                RevertConfirmed e => run!.Apply(e),
                _ => run,
            };
        return run!;
    }

    // Its words: a gate that says no fails; what a person or a safeguard ends is interrupted.
    private static string Status(Run run, IReadOnlyList<object> happened) =>
        happened.Any(one => one is RevertUnconfirmed) ? "aborted"
        : run.State == RunState.Refused || run.Baseline == false ? "failed"
        : run.Halt is not null ? "interrupted"
        : "completed";

    private static JsonNode? Before(Run run, IReadOnlyList<object> happened) =>
        happened.OfType<BaselineMeasured>().FirstOrDefault() is { } measured
            ? Steady(
                measured.Held,
                Probe(run, run.About.StartedAt, measured.At, measured.Held, measured.Good, measured.Bad)
            )
            : null;

    private static JsonNode? After(Run run, IReadOnlyList<object> happened)
    {
        if (happened.OfType<RecoveryMeasured>().FirstOrDefault() is not { } measured)
            return null;
        var since = happened.OfType<FaultReverted>().LastOrDefault()?.At ?? measured.At;
        var probe = Probe(run, since, measured.At, measured.Seconds is not null, null, null);
        probe["output"] = new JsonObject { ["recovery_seconds"] = measured.Seconds };
        return Steady(measured.Seconds is not null, probe);
    }

    private static IEnumerable<(bool Held, JsonObject Probe)> Judged(Run run, IReadOnlyList<object> happened) =>
        happened
            .OfType<RungJudged>()
            .Select(judged =>
                (
                    judged.Held,
                    Probe(
                        run,
                        happened.OfType<FaultInjected>().Last(fault => fault.RungNumber == judged.RungNumber).At,
                        judged.At,
                        judged.Held,
                        judged.Good,
                        judged.Bad
                    )
                )
            );

    private static IEnumerable<JsonNode> Steps(Run run, IReadOnlyList<object> happened)
    {
        foreach (var step in happened.OfType<StepStarted>())
        {
            var seen = happened.OfType<FaultInjected>().FirstOrDefault(fault => fault.RungNumber == step.RungNumber);
            var missed = happened.OfType<EffectNotSeen>().FirstOrDefault(fault => fault.RungNumber == step.RungNumber);
            var effect = seen?.Effect ?? missed?.Effect;
            var row = Row(
                Action($"inject-{step.RungNumber}", run, step.Rung),
                seen is not null,
                step.At,
                seen?.At ?? missed?.At ?? Given(happened) ?? step.At,
                effect is null ? null : JsonSerializer.SerializeToNode(effect, Json.Options)
            );
            if (seen is null)
                row["exception"] = new JsonArray(
                    missed is null ? "The run ended first." : "The fault did not take effect."
                );
            yield return row;
            if (happened.OfType<RungJudged>().Any(judged => judged.RungNumber == step.RungNumber))
                yield return Judged(run, happened).ElementAt(Before(happened, step)).Probe;
        }
    }

    private static int Before(IReadOnlyList<object> happened, StepStarted step) =>
        happened.OfType<RungJudged>().Count(judged => judged.RungNumber < step.RungNumber);

    // The effect was never looked at: the run was halted meanwhile.
    private static DateTimeOffset? Given(IReadOnlyList<object> happened) =>
        happened.OfType<HaltRequested>().FirstOrDefault()?.At;

    private static IEnumerable<JsonNode> PutBack(Run run, IReadOnlyList<object> happened)
    {
        foreach (var gone in happened.OfType<FaultReverted>())
            yield return Row(
                Action($"revert-{gone.RungNumber}", run, run.Rungs[gone.RungNumber - 1].Rung),
                true,
                gone.At,
                gone.At,
                new JsonObject { ["was_live"] = gone.WasLive }
            );
        foreach (var call in happened.OfType<RollbackCalled>())
        {
            var row = Row(
                new JsonObject
                {
                    ["type"] = "action",
                    ["name"] = $"put-back-{call.Number}",
                    ["provider"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["method"] = call.Method,
                        ["url"] = call.Url,
                    },
                },
                call.Ok,
                call.At,
                call.At,
                call.Detail
            );
            if (!call.Ok)
                row["exception"] = new JsonArray(call.Detail);
            yield return row;
        }
    }

    private static JsonObject Steady(bool met, JsonObject probe) =>
        new() { ["steady_state_met"] = met, ["probes"] = new JsonArray(probe) };

    private static JsonObject Probe(Run run, DateTimeOffset start, DateTimeOffset end, bool held, int? good, int? bad)
    {
        var probe = run.Design.SteadyState.Probe;
        var row = Row(
            new JsonObject
            {
                ["type"] = "probe",
                ["name"] = "steady-state",
                ["tolerance"] = run.Design.SteadyState.Tolerance.Status,
                ["provider"] = new JsonObject
                {
                    ["type"] = "http",
                    ["method"] = probe.Method,
                    ["url"] = probe.Url,
                },
            },
            true,
            start,
            end,
            new JsonObject { ["good"] = good, ["bad"] = bad }
        );
        row["tolerance_met"] = held;
        return row;
    }

    private static JsonObject Action(string name, Run run, Rung rung) =>
        new()
        {
            ["type"] = "action",
            ["name"] = name,
            ["provider"] = new JsonObject
            {
                ["type"] = "python",
                ["module"] = FaultKinds.Injector(rung.Fault) is "tcp" ? "chaostoxi.toxic.actions" : "steady.faults",
                ["func"] = name.StartsWith("inject", StringComparison.Ordinal) ? "create_toxic" : "delete_toxic",
                ["arguments"] = new JsonObject
                {
                    ["for_proxy"] = run.About.Edge,
                    ["fault"] = JsonNamingPolicy.CamelCase.ConvertName($"{rung.Fault}"),
                    ["magnitude"] = rung.Magnitude,
                },
            },
        };

    private static JsonObject Row(
        JsonObject activity,
        bool succeeded,
        DateTimeOffset start,
        DateTimeOffset end,
        JsonNode? output
    ) =>
        new()
        {
            ["activity"] = activity,
            ["status"] = succeeded ? "succeeded" : "failed",
            ["start"] = Moment(start),
            ["end"] = Moment(end),
            ["duration"] = Seconds(start, end),
            ["output"] = output,
        };

    private static decimal Seconds(DateTimeOffset start, DateTimeOffset end) => (decimal)(end - start).TotalSeconds;

    private static string Moment(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}
