using Steady.Contracts.Experiments;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Experiments.GameDays;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.GameDays;

public sealed class GameDayReportTests
{
    private static readonly RunView Ran = new(
        Run,
        9,
        Run,
        "slow-ledger",
        "Checkout stays well while ledger is slow.",
        "staging",
        "checkout-ledger",
        ["checkout"],
        RunState.Concluded,
        [
            new(1, Designs.Latency(200), Inside, true, 40, 0, true, Inside.AddSeconds(4)),
            new(2, Designs.Latency(400), Inside.AddSeconds(5), true, 12, 28, false, Inside.AddSeconds(9)),
        ],
        2,
        0,
        Verdict.Broke,
        "Broke between 200 and 400 ms of latency.",
        null,
        0.4m,
        Inside,
        Inside.AddSeconds(10),
        "cleo"
    );

    [Fact]
    public void A_report_says_who_what_when_and_what_came_of_it() =>
        Golden.MatchesText(
            ReportText.Markdown(Report("Fine.")),
            "tests",
            "Unit",
            "Experiments",
            "gameday-report.golden.md"
        );

    [Fact]
    public void What_people_write_stays_text()
    {
        var report = Report("<script>alert(1)</script> | # [x](http://evil) & so");
        var html = ReportText.Html(report);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        var line = ReportText.Markdown(report).Split('\n').First(l => l.Contains("alert", StringComparison.Ordinal));
        Assert.Contains(@"\<script\>", line, StringComparison.Ordinal);
        Assert.Contains(@"\[x\](http://evil)", line, StringComparison.Ordinal);
    }

    private static readonly FindingView Found = new(
        Run,
        2,
        Run,
        "slow-ledger",
        ["checkout"],
        FindingKind.BrokeEarly,
        CouplingType.Operational,
        "A slow ledger stops checkouts",
        null,
        [new ActionItem(1, "Add a timeout", "eli", null, "ana", Inside)],
        null,
        null,
        null,
        "ana",
        Inside
    );

    private static readonly RunBudget Cost = new(
        Run,
        0.1m,
        [new BudgetReservation("checkout-slo", "checkout", 1000, 100, 4m, Inside)],
        [new BudgetCharge("checkout-slo", "checkout", 28, 1, 0.028m)],
        true,
        [new BudgetComparison("checkout-slo", 28, 20, false)],
        false
    );

    private static GameDayReport Report(string note)
    {
        object[] happened =
        [
            .. Ready,
            Called,
            new NoteTaken(note, "dana", Inside.AddSeconds(3)),
            new GameDayConcluded(About, "It holds 200 ms and no more.", "bo", Inside.AddMinutes(1)),
        ];
        var day = Spec.Fold<GameDay>(happened)!;
        var view = GameDayPageEndpoint.View(day, Inside.AddMinutes(2));
        var lines = happened
            .Select(Sentences.Of)
            .OfType<ReportLine>()
            .Concat(Sentences.Of(Ran))
            .OrderBy(line => line.At);
        return new GameDayReport(view, [.. lines], [Ran], [Found], Inside.AddMinutes(2), [Cost]);
    }
}
