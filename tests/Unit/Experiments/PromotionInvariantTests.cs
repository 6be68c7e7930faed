using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;
using static Steady.Tests.Unit.Experiments.RunHistories;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Learning;
using Steady.Experiments.Runs;

/// <summary>
/// Invariant 13, beside the others in <see cref="RunInvariantsTests"/>: what opens production, and what counts as a proven
/// rollback. A failure prints the seed that shows it again.
/// </summary>
public sealed class PromotionInvariantTests
{
    private const int Many = 10_000;

    // Days go by, the design runs and holds, breaks, or is killed; somebody promotes or revokes, or changes the design.
    private const int Promote = 3;
    private const int Revoke = 4;
    private const int Change = 5;

    [Fact]
    public void Invariant_13_Production_is_open_only_to_the_very_design_that_held_often_enough_lately_and_was_killed_mid_run() =>
        Gen.Select(
                Gen.Int[1, 3],
                Gen.Int[1, 20],
                Gen.Select(Gen.Int[0, 9].Select(move => move > Change ? move % 4 : move), Gen.Int[0, 40]).Array[1, 60]
            )
            .Sample(
                (needed, days, moves) =>
                {
                    var world = new World(needed, days);
                    foreach (var (move, hours) in moves)
                    {
                        world.Move(move, hours);
                        if (world.Open)
                            Assert.True(world.Shown);
                        if (move == Promote)
                            Assert.Equal(world.Shown, world.Open);
                        Assert.False(world.OpenToAnother);
                    }
                },
                iter: Many,
                threads: 2
            );

    [Fact]
    public void Invariant_13_A_rollback_is_proven_only_by_a_controller_that_died_with_a_fault_in_place_that_was_seen_gone() =>
        Drawn.Sample(
            drawn =>
            {
                var (history, _) = Play(drawn);
                if (!Promoting.IsDrill(history))
                    return;
                var again = history.FindIndex(happened => happened is ControllerAttached { Epoch: > 1 });
                Assert.True(again > 0);
                Assert.Contains(
                    history.OfType<ControllerAttached>().Skip(1),
                    later =>
                        history.Take(history.IndexOf(later)).OfType<StepStarted>().Count()
                        > history.Take(history.IndexOf(later)).OfType<FaultReverted>().Count()
                );
                Assert.Equal(
                    history.OfType<StepStarted>().Select(step => step.LeaseId).Order(),
                    history.OfType<FaultReverted>().Select(fault => fault.LeaseId).Order()
                );
                Assert.DoesNotContain(history, happened => happened is RevertUnconfirmed or RevertConfirmed);
                Assert.Contains(history, happened => happened is RunHalted or RunConcluded);
            },
            iter: Many,
            threads: 2
        );

    // What is promised is reckoned here from the bare facts, in other words than the rules use.
    private sealed class World(int needed, int days)
    {
        private readonly List<(string Hash, DateTimeOffset At, Shown Run)> ran = [];
        private readonly Dictionary<string, Promotion> promotions = [];
        private readonly Dictionary<string, DateTimeOffset> revoked = [];
        private ExperimentDesign design = Design with { Promotion = new("production", needed, days) };
        private DateTimeOffset now = Now;

        /// <summary>Whether the gate lets the present design into production.</summary>
        public bool Open => Lets(Promoting.Target(design)!);

        /// <summary>Whether it lets another one in under the same name.</summary>
        public bool OpenToAnother => Lets(Promoting.Target(design)! with { RecoveryWithinSeconds = 61 });

        /// <summary>Whether the present design was shown to hold, and to come back, as lately as it must.</summary>
        public bool Shown
        {
            get
            {
                var hash = DesignHash.Of(design);
                var since = revoked.GetValueOrDefault(design.Name);
                var lately = ran.Where(run => run.Hash == hash && run.At > now.AddDays(-days) && run.At > since)
                    .ToList();
                return lately.Count(run => run.Run.Held) >= needed && lately.Any(run => run.Run.Drill);
            }
        }

        public void Move(int move, int hours)
        {
            now = now.AddHours(hours).AddTicks(1);
            var hash = DesignHash.Of(design);
            var promotion = promotions.GetValueOrDefault(design.Name);
            if (move == Change)
                // A frozen design does not change: another one has another name.
                design = design with
                {
                    Name = design.Name == "slow-ledger" ? "late-ledger" : "slow-ledger",
                };
            else if (move == Revoke && promotion is not null)
            {
                if (Fold(promotion, Promoting.Revoke(promotion, new RevokePromotion("It hurt."), "bo", now).Events))
                    revoked[design.Name] = now;
            }
            else if (move == Promote)
                Fold(
                    promotion,
                    Promoting
                        .Decide(
                            promotion,
                            new ExperimentView(Lease1, 1, design, hash, Now, "ana"),
                            [.. ran.Where(run => run.Hash == hash).Select(run => run.Run)],
                            "ana",
                            now
                        )
                        .Events
                );
            else if (move < Promote)
                ran.Add((hash, now, new Shown(LeaseOf(ran.Count), now, move == 0, move == 1)));
        }

        private bool Lets(ExperimentDesign target) =>
            PromotionGate
                .Answer(promotions.Values.FirstOrDefault(one => one.TargetHash == DesignHash.Of(target)), now)
                .Open;

        private bool Fold(Promotion? promotion, IReadOnlyList<object> events)
        {
            foreach (var happened in events)
                promotions[design.Name] = happened switch
                {
                    ExperimentPromoted e => promotion?.Apply(e) ?? Promotion.Create(e),
                    PromotionRevoked e => promotion!.Apply(e),
                    _ => promotion!,
                };
            return events.Count > 0;
        }
    }
}
