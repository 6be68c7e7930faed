using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Xunit;
using AlertFired = Steady.Incidents.Intake.AlertFired;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>What may be silenced, and when a silence holds.</summary>
public sealed class SilencingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly SetSilence Wish = new(["service=\"checkout\""], Noon.AddHours(2), "Maintenance");
    private static readonly Dictionary<string, string> Checkout = new() { ["service"] = "checkout" };

    [Fact]
    public void It_holds_from_its_beginning_until_its_end_what_matches_all_of_it()
    {
        var silence = Silence.Create(Silencing.Set(Wish with { From = Noon.AddHours(1) }, "ana", Noon));
        var ready = ReadySilence.Of([silence]);
        Assert.Null(Silencing.Of(ready, Checkout, Noon.AddMinutes(59)));
        Assert.Equal(silence.Id, Silencing.Of(ready, Checkout, Noon.AddHours(1)));
        Assert.Null(Silencing.Of(ready, Checkout, Noon.AddHours(2)));
        Assert.Null(Silencing.Of(ready, new Dictionary<string, string> { ["service"] = "search" }, Noon.AddHours(1)));
        Assert.Equal(
            [SilenceStatus.Pending, SilenceStatus.Active, SilenceStatus.Over],
            new[] { 0, 1, 2 }.Select(hour => silence.View(Noon.AddHours(hour)).Status)
        );
    }

    [Fact]
    public void It_is_ended_once_and_not_after_its_time()
    {
        var silence = Silence.Create(Silencing.Set(Wish, "ana", Noon));
        var ended = silence.Apply((SilenceEnded)Assert.Single(Silencing.End(silence, "Done", "bo", Noon.AddHours(1))));
        Assert.False(ended.IsActive(Noon.AddHours(1)));
        Assert.Equal(("bo", Noon.AddHours(1)), (ended.EndedBy, ended.View(Noon.AddHours(3)).Until));
        Assert.Empty(Silencing.End(ended, "Done", "bo", Noon.AddHours(1)));
        Assert.Empty(Silencing.End(silence, "Done", "bo", Noon.AddHours(2)));
    }

    [Fact]
    public void What_is_no_matcher_silences_everything_or_never_ends_is_refused()
    {
        Assert.Empty(Silencing.Check(Wish, Noon));
        Assert.Equal(["matchers[1]"], Fields(Wish with { Matchers = ["service=\"a\"", "what"] }));
        Assert.Equal(["matchers"], Fields(Wish with { Matchers = ["service=~\".*\"", "team!=\"x\""] }));
        Assert.Equal(["until"], Fields(Wish with { Until = Noon }));
        Assert.Equal(["until"], Fields(Wish with { Until = Noon.AddDays(32) }));
        Assert.Equal(["until"], Fields(Wish with { From = Noon.AddHours(3) }));
    }

    [Fact]
    public void A_silenced_alert_is_no_news_and_leaves_its_place_to_one_that_is_not()
    {
        AlertFired One(string fingerprint, Guid? silence) =>
            new(
                "prod",
                fingerprint,
                "Broken",
                "checkout",
                Severity.Sev2,
                "Broken",
                Checkout,
                Checkout,
                null,
                Noon,
                null,
                Noon
            )
            {
                SilencedBy = silence,
            };
        var told = Hearing.Told(
            [One("a", Guid.AllBitsSet), One("b", null), One("c", null)],
            new HashSet<(string, string)>()
        );
        Assert.Equal([false, true, false], told.Select(one => one.IsNews));
    }

    private static IEnumerable<string> Fields(SetSilence wish) => Silencing.Check(wish, Noon).Select(one => one.Field);
}
