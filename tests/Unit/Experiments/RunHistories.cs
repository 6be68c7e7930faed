using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Kernel;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

/// <summary>One request to a run as it is drawn.</summary>
/// <param name="Ask">What is asked for; above <see cref="RunHistories.Sensible"/> what a driver in its right mind asks next.</param>
/// <param name="Stale">Asked by the controller before.</param>
/// <param name="Pick">Which lease, or which answer.</param>
/// <param name="Good">Good requests of 20.</param>
/// <param name="Late">After how many other requests it arrives.</param>
/// <param name="Times">How often it arrives.</param>
public sealed record Request(int Ask, bool Stale, int Pick, int Good, int Late, int Times);

/// <summary>
/// Histories of runs in virtual time: whoever asks for what and in which order. A request is made when it is drawn, with
/// what is known then, and arrives later, twice, or out of turn.
/// </summary>
public static class RunHistories
{
    public const int Sensible = 15;

    public static Gen<(bool Bisect, Request[] Requests)> Drawn { get; } =
        Gen.Select(
            Gen.Bool,
            Gen.Select(
                    Gen.Int[0, Sensible + 30],
                    Gen.Int[0, 9],
                    Gen.Int[0, 3],
                    Gen.Int[0, 40],
                    Gen.Int[0, 24],
                    Gen.Int[0, 9]
                )
                .Select(drawn => new Request(
                    drawn.Item1,
                    drawn.Item2 == 0,
                    drawn.Item3,
                    Math.Min(drawn.Item4, 20),
                    Math.Max(0, drawn.Item5 - 19),
                    drawn.Item6 == 0 ? 2 : 1
                ))
                .Array[1, 80]
        );

    public static (List<object> Events, Run Run) Play((bool Bisect, Request[] Requests) drawn)
    {
        List<object> events = [Asked(drawn.Bisect), new RunStarted(Subject, Requested.ExperimentId, Now)];
        var run = After(null, events);
        var waiting = new List<(int Due, Func<Run, Decision> Rule)>();
        for (var at = 0; at < drawn.Requests.Length + 6; at++)
        {
            if (at < drawn.Requests.Length)
            {
                var request = drawn.Requests[at];
                var rule = Rule(run, request, LeaseOf(at));
                waiting.AddRange(Enumerable.Range(0, request.Times).Select(time => (at + request.Late + time, rule)));
            }

            foreach (var (_, rule) in waiting.Where(message => message.Due <= at).Reverse().ToList())
            {
                var decision = rule(run);
                events.AddRange(decision.Events);
                run = After(run, decision.Events);
            }

            waiting.RemoveAll(message => message.Due <= at);
        }

        return (events, run);
    }

    public static RunRequested Asked(bool bisect) =>
        bisect
            ? Requested with
            {
                Design = Design with
                {
                    Ladder = Design.Ladder with { Bisect = 3 },
                    Rollback =
                    [
                        new RollbackCall("http://127.0.0.1:9/one", "POST"),
                        new("http://127.0.0.1:9/two", "GET"),
                    ],
                },
            }
            : Requested;

    public static Run After(Run? run, IEnumerable<object> events)
    {
        foreach (var happened in events)
            run = happened switch
            {
                RunRequested e => Run.Create(e),
                RunStarted or LeaseGranted or GateEvaluated => run,
                _ => (Run)((dynamic)run!).Apply((dynamic)happened),
            };
        return run!;
    }

    public static Guid LeaseOf(int number) => StableId.From("lease", $"{number}");

    // What it is about is settled when it is sent; what it finds when it arrives is another matter.
    private static Func<Run, Decision> Rule(Run run, Request request, Guid fresh)
    {
        var epoch = request.Stale ? run.Epoch - 1 : run.Epoch;
        var known = run.Faults.Count > 0 ? run.Faults[^1].LeaseId : LeaseOf(request.Pick);
        var tally = new Tally(request.Good, 20 - request.Good);
        var next = run.Rollbacks.Count + 1;
        return (request.Ask < Sensible ? request.Ask : NextOf(run)) switch
        {
            0 => found => Driving.Attach(found, Now),
            1 => found => Driving.TakeOver(found, Now),
            2 => found => Driving.MeasureBaseline(found, epoch, AllGood, Now),
            3 => found => Driving.MeasureBaseline(found, epoch, tally, Now),
            4 => found => Driving.StartStep(found, epoch, fresh, Now),
            5 => found => Driving.GrantLease(found, epoch, known, Now),
            6 => found => Driving.VerifyEffect(found, epoch, known, request.Pick == 0 ? FaultEffect.None : Seen, Now),
            7 => found => Driving.Judge(found, epoch, tally, Now, request.Pick == 0 ? ["shoppers"] : null),
            8 => found => Halting.Decide(found, new Cause("Enough.", "ana"), Now, request.Pick > 1 ? tally : null),
            9 => found => Driving.Revert(found, known, request.Pick > 0, Now),
            10 => found => Driving.MeasureRecovery(found, request.Pick, Now),
            11 => found => Driving.End(found, Now),
            12 => found => request.Pick == 0 ? Driving.GiveUp(found, "No answer.", Now) : [],
            13 => found => Confirming.Decide(found, "Looked.", "ana", Now),
            _ => found =>
                found.Design.Rollback is { } calls && next <= calls.Count
                    ? Driving.Rollback(found, next, request.Pick > 0, "Answered.", Now)
                    : [],
        };
    }

    // What a driver in its right mind asks for next; otherwise few histories would get beyond the first rung.
    private static int NextOf(Run run) =>
        run switch
        {
            { State: RunState.RevertUnconfirmed } => 13,
            { Epoch: 0 } => 0,
            { Baseline: null } => 2,
            { Ending: true, Faults.Count: > 0 } => 9,
            { Ending: true, Rungs.Count: > 0 } when run.Rollbacks.Count < (run.Design.Rollback?.Count ?? 0) => 14,
            { Ending: true } => 11,
            { State: RunState.Injecting, Faults.Count: > 0 } => 6,
            { State: RunState.Holding } => 7,
            { Faults.Count: > 0 } => 9,
            _ => 4,
        };
}
