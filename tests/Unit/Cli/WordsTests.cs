using Steady.Cli;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "just now")]
    [InlineData(4.9, "just now")]
    [InlineData(-4.9, "just now")]
    [InlineData(6.7, "6 s ago")]
    [InlineData(59, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(114, "1 min 54 s ago")]
    [InlineData(900, "15 min ago")]
    [InlineData(3_600, "1 h ago")]
    [InlineData(5_400, "1 h 30 min ago")]
    [InlineData(40_000, "11 h ago")]
    [InlineData(90_000, "1 d 1 h ago")]
    [InlineData(2_000_000, "23 d ago")]
    [InlineData(-7_775_999, "in 90 d")]
    [InlineData(-30, "in 30 s")]
    public void A_moment_is_told_by_its_distance(double seconds, string words) =>
        Assert.Equal(words, Words.Ago(CommandLine.Now.AddSeconds(-seconds), CommandLine.Now));

    [Theory]
    [InlineData("90d", 90 * 24 * 60)]
    [InlineData("12h", 12 * 60)]
    [InlineData("15m", 15)]
    [InlineData("d", null)]
    [InlineData("15", null)]
    [InlineData("-3d", null)]
    [InlineData("2147483647d", null)]
    public void A_length_is_a_number_and_a_unit(string text, int? minutes) =>
        Assert.Equal(minutes, Moments.Length(text)?.TotalMinutes);

    [Theory]
    [InlineData("timeline INC-7 --known-at 15m", "2026-11-24T13:45:00.0000000+00:00")]
    [InlineData("timeline INC-7 --known-at 2026-11-24T13:00", "2026-11-24T13:00:00.0000000+00:00")]
    [InlineData("timeline INC-7 --known-at 2026-11-24T13:00+02:00", "2026-11-24T11:00:00.0000000+00:00")]
    public void A_moment_is_typed_in_UTC_or_as_long_ago(string typed, string expected)
    {
        var given = new CommandLine().Shell.Root.Parse(typed);
        Assert.Equal(expected, $"{given.GetValue<DateTimeOffset?>("--known-at"):O}");
    }

    [Fact]
    public void A_run_s_line_changes_with_what_matters_and_not_with_every_request()
    {
        var rung = new RungResult(2, new Rung(FaultKind.Latency, 1_200), CommandLine.Now, true, 10, 0, null, null);
        Assert.Equal("holding; rung 2/4 1,200 ms latency live; 1 fault live", RunLines.Of(Run(rung)));
        Assert.Equal(RunLines.Of(Run(rung)), RunLines.Of(Run(rung with { Good = 11 })));
        Assert.Equal(
            "holding; rung 2/4 1,200 ms latency broke (10 good, 3 bad); 1 fault live",
            RunLines.Of(Run(rung with { Bad = 3, Held = false }))
        );
        Assert.Equal(
            "concluded; 0 faults live; Broke at 1,200 ms",
            RunLines.Of(Run(rung) with { State = RunState.Concluded, FaultsLive = 0, Finding = "Broke at 1,200 ms." })
        );
    }

    private static RunView Run(RungResult rung) =>
        new(
            Guid.Empty,
            3,
            Guid.Empty,
            "slow-ledger",
            "It holds.",
            "staging",
            "checkout-ledger",
            ["checkout"],
            RunState.Holding,
            [rung],
            4,
            1,
            null,
            null,
            null,
            null,
            CommandLine.Now,
            null,
            "someone"
        );
}
