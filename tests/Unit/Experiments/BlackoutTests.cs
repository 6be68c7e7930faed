using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Experiments.Safety.Gates;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.GameDays;
using Steady.Experiments.Safety.Blackouts;

/// <summary>Times in which nothing is broken on purpose.</summary>
public sealed class BlackoutTests
{
    private static readonly string[] Zones =
    [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "UTC",
    ];

    private static readonly BlackoutWindow Holidays = new(
        new DateTime(2026, 12, 24, 12, 0, 0),
        new DateTime(2026, 12, 27, 0, 0, 0),
        "Europe/Berlin"
    );
    private static readonly BlackoutWindow Weekends = new(
        new DateTime(2026, 10, 23, 16, 0, 0),
        new DateTime(2026, 10, 26, 8, 0, 0),
        "Europe/Berlin",
        EveryWeek: true
    );
    public static readonly BlackoutDeclared Declared = new(
        "staging",
        "holidays",
        Holidays,
        "Nobody is in.",
        "ana",
        Now
    );
    public static readonly BlackoutLifted Lifted = new("staging", "holidays", "We are in after all.", "bo", Now);

    [Fact]
    public void A_blackout_is_declared_once_changed_lifted_and_declared_again()
    {
        var command = new DeclareBlackout(Holidays, "Nobody is in.");
        When(Forbidding.Declare(null, "staging", "holidays", command, "ana", Now)).Then(Declared);
        Given<Blackout>(Declared).When(known => Declare(known, command)).ThenNothing();
        var longer = command with { Window = Holidays with { Until = Holidays.Until.AddDays(1) } };
        Given<Blackout>(Declared).When(known => Declare(known, longer)).Then(Declared with { Window = longer.Window });
        Given<Blackout>(Declared).When(known => Forbidding.Lift(known, Lifted.Reason, "bo", Now)).Then(Lifted);
        Given<Blackout>(Declared, Lifted).When(known => Forbidding.Lift(known, "Again.", "bo", Now)).ThenNothing();
        Given<Blackout>(Declared, Lifted).When(known => Declare(known, command)).Then(Declared);

        static Kernel.Decision Declare(Blackout known, DeclareBlackout command) =>
            Forbidding.Declare(known, "staging", "holidays", command, "ana", Now);
    }

    [Fact]
    public void A_window_that_is_none_is_refused()
    {
        foreach (
            var wrong in (BlackoutWindow[])
                [
                    Holidays with
                    {
                        Zone = "Mars/Olympus",
                    },
                    Holidays with
                    {
                        Until = Holidays.From,
                    },
                    Holidays with
                    {
                        Until = Holidays.From.AddDays(367),
                    },
                    Holidays with
                    {
                        EveryWeek = true,
                        Until = Holidays.From.AddDays(8),
                    },
                    Holidays with
                    {
                        From = DateTime.SpecifyKind(Holidays.From, DateTimeKind.Utc),
                    },
                ]
        )
            When(Forbidding.Declare(null, "staging", "x", new(wrong, "Why not."), "ana", Now))
                .ThenRefused("blackout-invalid");
    }

    [Fact]
    public void The_gate_is_closed_within_it_and_before_it_as_long_as_a_run_would_take()
    {
        // Two rungs of four seconds, and a recovery of a minute.
        var lasts = BlackoutGate.Lasts(Design);
        Assert.Equal(TimeSpan.FromSeconds(86), lasts);
        var begins = new DateTimeOffset(2026, 12, 24, 11, 0, 0, TimeSpan.Zero);
        Assert.True(Judge(begins - lasts, Declared).Open);
        Assert.Contains(
            "begins at 2026-12-24 11:00Z, before the run",
            Judge(begins - lasts + OneTick, Declared).Evidence
        );
        Assert.Equal(
            (false, "The blackout 'holidays' holds until 2026-12-26 23:00Z: Nobody is in."),
            (Judge(begins, Declared).Open, Judge(begins, Declared).Evidence)
        );
        Assert.True(Judge(begins.AddHours(60), Declared).Open);
        Assert.True(Judge(begins, Declared, Lifted).Open);
    }

    [Fact]
    public void One_that_comes_back_every_week_keeps_to_the_wall_clock_when_the_clocks_change()
    {
        var weekends = Fold<Blackout>(Declared with { Window = Weekends })!;
        // On the night before 25 October 2026 the clocks go back.
        Assert.Equal(
            (new(2026, 10, 23, 14, 0, 0, TimeSpan.Zero), new(2026, 10, 26, 7, 0, 0, TimeSpan.Zero)),
            BlackoutTimes.Next(weekends, new(2026, 10, 20, 0, 0, 0, TimeSpan.Zero))
        );
        Assert.Equal(
            (new(2026, 10, 30, 15, 0, 0, TimeSpan.Zero), new(2026, 11, 2, 7, 0, 0, TimeSpan.Zero)),
            BlackoutTimes.Next(weekends, new(2026, 10, 26, 7, 0, 0, TimeSpan.Zero))
        );
    }

    [Fact]
    public void In_every_zone_and_week_a_moment_is_within_when_the_wall_clock_says_so() =>
        Gen.Select(
                Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
                Gen.Int[0, 7 * 24],
                Gen.Int[1, 7 * 24],
                Gen.Int[0, 24 * 365]
            )
            .Sample(
                (zone, start, length, hours) =>
                {
                    var from = new DateTime(2026, 1, 1).AddHours(start);
                    var window = new BlackoutWindow(from, from.AddHours(length), zone, EveryWeek: true);
                    var blackout = Fold<Blackout>(Declared with { Window = window })!;
                    var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);
                    var wall = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
                    var into = (wall - from).TotalHours % (7 * 24);
                    // Where the clocks change within two hours, the wall clock alone does not say which hour it is.
                    if (wall < from || Near(into, 0) || Near(into, length) || Near(into, 7 * 24))
                        return;
                    var next = BlackoutTimes.Next(blackout, now)!.Value;
                    Assert.Equal(into < length, next.Begins <= now);
                    Assert.True(next.Ends > now);
                },
                iter: 10_000,
                threads: 2
            );

    [Fact]
    public void A_game_day_is_not_planned_into_one()
    {
        var plan = GameDays.Plan with { Environment = "staging", Window = Day(new DateOnly(2026, 12, 24)) };
        var blackout = Fold<Blackout>(Declared)!;
        var found = Assert.Single(PlanRules.Outside(plan, [blackout], Now));
        Assert.Equal("window", found.Path);
        Assert.StartsWith("It reaches into the blackout 'holidays'", found.Message, StringComparison.Ordinal);
        Assert.Empty(PlanRules.Outside(plan with { Window = Day(new DateOnly(2026, 12, 23)) }, [blackout], Now));
        Assert.Empty(PlanRules.Outside(plan, [Fold<Blackout>(Declared, Lifted)!], Now));

        static GameDayWindow Day(DateOnly day) => new(day, new TimeOnly(10, 0), new TimeOnly(14, 0), "Europe/Berlin");
    }

    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(1);

    private static bool Near(double one, double other) => Math.Abs(one - other) < 2.1;

    private static Steady.Experiments.Runs.GateEvaluated Judge(DateTimeOffset at, params object[] events) =>
        BlackoutGate.Judge(
            new GateQuestion(Lease1, Design, [], new Standing([], Blackouts: [Fold<Blackout>(events)!]), at)
        );
}
