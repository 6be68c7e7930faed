using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Query;
using Steady.Tests.Unit.Wire;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>Queries that are kept, and what they find messages of others by.</summary>
public sealed class KeepingTests
{
    private static readonly SetTimelineView View = new("kind:deploy", "What went out");
    private static readonly ViewSet Set = new("deploys", "kind:deploy", "What went out", "ana", Noon);

    [Fact]
    public void A_query_is_kept_and_setting_it_again_changes_nothing()
    {
        Assert.Equal([Set], Keeping.Set(null, "deploys", View, Ana, Noon).Events);
        Assert.Empty(Keeping.Set(Fold<SavedView>(Set), "deploys", View, Bo, Noon).Events);
        Assert.Single(Keeping.Set(Fold<SavedView>(Set), "deploys", View with { About = null }, Bo, Noon).Events);
    }

    [Fact]
    public void What_was_taken_away_may_come_back()
    {
        var gone = Fold<SavedView>(Set, new ViewRemoved("deploys", "ana", Now))!;
        Assert.Empty(Keeping.Remove(gone, Ana, Now).Events);
        Assert.Single(Keeping.Set(gone, "deploys", View, Ana, Now).Events);
        Assert.Single(Keeping.Remove(Fold<SavedView>(Set)!, Ana, Now).Events);
    }

    [Theory]
    [InlineData("deploys-today", true)]
    [InlineData("7", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("Deploys", false)]
    [InlineData("a b", false)]
    public void A_name_is_small_letters_digits_and_hyphens(string name, bool isOne) =>
        Assert.Equal(isOne, Keeping.IsName(name));

    [Fact]
    public void Messages_of_others_are_found_by_budget_burn_and_experiment()
    {
        var burn = (BurnAlertOpened)Samples.Of(typeof(BurnAlertOpened));
        Assert.Equal((burn.Objective, "14.4"), (MessageLabels.Of(burn)!["budget"], MessageLabels.Of(burn)!["burn"]));
        var run = (RunStarted)Samples.Of(typeof(RunStarted));
        Assert.Equal(run.Experiment, MessageLabels.Of(run)!["experiment"]);
        var deploy = (DeployRecorded)Samples.Of(typeof(DeployRecorded));
        Assert.Equal(deploy.Ref, MessageLabels.Of(deploy)!["ref"]);
        Assert.Null(MessageLabels.Of(Samples.Of(typeof(GateDecided))));
    }
}
