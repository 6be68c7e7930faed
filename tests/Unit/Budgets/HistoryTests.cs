using CsCheck;
using Steady.Budgets.Counts;
using Steady.Budgets.History;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

public sealed class HistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly BudgetOf Of = new(Guid.Empty, "checkout-availability", "checkout");
    private static readonly Guid Alert = Guid.Parse("0195f000-0000-8000-8000-000000000001");
    private static readonly Guid Cause = Guid.Parse("0195f000-0000-8000-8000-000000000002");

    [Fact]
    public void Without_a_range_it_is_the_window_until_now()
    {
        var (range, _) = HistoryRange.Of(null, null, null, Month, Now);
        Assert.Equal((Now - Month, Now, TimeSpan.FromHours(3)), (range!.From, range.To, range.Step));
        var points = range.Points().ToList();
        Assert.Equal((241, Now - Month, Now), (points.Count, points[0], points[^1]));
    }

    [Fact]
    public void The_last_point_is_the_moment_asked_for()
    {
        var (range, _) = HistoryRange.Of(Now.AddMinutes(-10), Now, 240, Month, Now);
        Assert.Equal([Now.AddMinutes(-8), Now.AddMinutes(-4), Now], range!.Points());
    }

    [Theory]
    [InlineData(10, 10, 60, "'from' is not before 'to'")]
    [InlineData(0, 600_000, 60, "kept for 400 days")]
    [InlineData(0, 10, 59, "whole minutes")]
    [InlineData(0, 10, 90, "whole minutes")]
    [InlineData(0, 2_001, 60, "more than 2000 points")]
    public void What_makes_no_sense_is_told(int to, int from, int step, string sentence)
    {
        var (range, wrong) = HistoryRange.Of(
            Now.AddMinutes(-Math.Max(from, to)),
            Now.AddMinutes(-Math.Min(from, to)),
            step,
            Month,
            Now
        );
        Assert.Null(range);
        Assert.Contains(sentence, wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_add_up_and_every_point_is_its_own_window() =>
        (from minutes in Gen.Int[-4_000, 0].HashSet[1, 80] from step in Gen.Int[1, 60] select (minutes, step)).Sample(
            one =>
            {
                var buckets = one
                    .minutes.Order()
                    .Select(minute => (Start: Now.AddMinutes(minute), Tally: new Tally(10 - minute, -minute)))
                    .ToList();
                var budget = Budget.Create(new BudgetOpened(Of, "Checkouts succeed", "requests", 0.999m, "1d", Now));
                var (range, _) = HistoryRange.Of(Now.AddMinutes(-20 * one.step), Now, 60 * one.step, Month, Now);
                var replay = new Replay(budget, new CountHistory(buckets));
                var history = Histories.Of(budget, [(BudgetVersion.Of(budget)[0], replay)], [], range!);
                Assert.Equal(21, history.Points.Count);
                foreach (var point in history.Points)
                {
                    var inside = buckets.Where(bucket =>
                        bucket.Start >= point.At.AddDays(-1) && bucket.Start < point.At
                    );
                    Assert.Equal(inside.Sum(bucket => bucket.Tally.Bad), point.Bad);
                }

                var (first, last) = (history.Points[0].At, history.Points[^1].At);
                Assert.Equal(
                    buckets
                        .Where(bucket => bucket.Start >= first && bucket.Start < last)
                        .Sum(bucket => bucket.Tally.Good),
                    history.Points.Skip(1).Sum(point => point.StepGood)
                );
            }
        );

    [Fact]
    public void Marks_say_once_what_happened_from_when_to_when()
    {
        var marks = HistoryMarks.Of(
            [
                new BurnAlertOpened(Of, Alert, BurnSeverity.Ticket, "1d", "2h", 3m, default, default, Now, null),
                new BurnAlertEscalated(
                    Of,
                    Alert,
                    BurnSeverity.Ticket,
                    BurnSeverity.Page,
                    "1h",
                    "5m",
                    14.4m,
                    default,
                    default,
                    Now.AddMinutes(2),
                    null
                ),
                new BudgetExhausted(Of, 1, 1, Now.AddMinutes(3)),
                new SpendAttributed(
                    Of,
                    CauseKind.Incident,
                    Cause,
                    "Disk full",
                    Now.AddMinutes(1),
                    Now.AddMinutes(9),
                    30,
                    0.3m,
                    Now.AddMinutes(9)
                ),
                new SpendAttributed(
                    Of,
                    CauseKind.Incident,
                    Cause,
                    "Disk full",
                    Now.AddMinutes(1),
                    Now.AddMinutes(10),
                    35,
                    0.35m,
                    Now.AddMinutes(10)
                ),
                new BurnAlertClosed(Of, Alert, BurnSeverity.Page, default, default, Now.AddMinutes(11)),
                new BudgetRestored(Of, 1, 0, Now.AddMinutes(12)),
            ],
            Now,
            Now.AddHours(1)
        );
        Assert.Equal(
            [
                new(HistoryKind.BurnAlert, Now, Now.AddMinutes(11), "above 14.4× over 1h", Alert, BurnSeverity.Page),
                new(
                    HistoryKind.Spend,
                    Now.AddMinutes(1),
                    Now.AddMinutes(10),
                    "Disk full",
                    Cause,
                    null,
                    CauseKind.Incident,
                    35,
                    0.35m
                ),
                new(HistoryKind.Exhausted, Now.AddMinutes(3), Now.AddMinutes(12), "budget exhausted"),
            ],
            marks
        );
        Assert.Empty(HistoryMarks.Of([new BudgetExhausted(Of, 1, 1, Now)], Now.AddHours(-2), Now.AddHours(-1)));
        Assert.Single(HistoryMarks.Of([new BudgetExhausted(Of, 1, 1, Now)], Now.AddHours(1), Now.AddHours(2)));
    }
}
