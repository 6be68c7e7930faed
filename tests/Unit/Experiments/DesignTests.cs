using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class DesignTests
{
    private static readonly ExperimentDrafted Drafted = new(Design, "ana", Now);
    private static readonly DesignFrozen Frozen = new(DesignHash.Of(Design), "ana", Now);
    private static readonly ExperimentDesign Other = Design with { Hypothesis = "Ledger may be down." };

    [Fact]
    public void A_draft_is_changed_until_it_is_frozen()
    {
        Given<Experiment>(Drafted)
            .When(experiment => Drafting.Decide(experiment, Other, "bo", Now))
            .Then(new DraftChanged(Other, "bo", Now));
        Given<Experiment>(Drafted, Frozen)
            .When(experiment => Drafting.Decide(experiment, Other, "bo", Now))
            .ThenRefused("design-frozen");
    }

    [Fact]
    public void The_same_design_again_changes_nothing_also_when_frozen()
    {
        Given<Experiment>(Drafted).When(experiment => Drafting.Decide(experiment, Design, "bo", Now)).ThenNothing();
        Given<Experiment>(Drafted, Frozen)
            .When(experiment => Drafting.Decide(experiment, Design, "bo", Now))
            .ThenNothing();
    }

    [Fact]
    public void Freezing_gives_the_hash_of_what_is_frozen_and_twice_is_as_good_as_once()
    {
        Given<Experiment>(Drafted, new DraftChanged(Other, "bo", Now))
            .When(experiment => Freezing.Decide(experiment, "ana", Now))
            .Then(new DesignFrozen(DesignHash.Of(Other), "ana", Now));
        Given<Experiment>(Drafted, Frozen).When(experiment => Freezing.Decide(experiment, "ana", Now)).ThenNothing();
    }

    [Fact]
    public void The_hash_does_not_depend_on_how_the_document_is_written()
    {
        var yaml = Read("samples/experiments/slow-ledger.yaml");
        var (design, _) = DesignDocument.Read(yaml, yaml: true);
        var json = DesignHash.Canonical(design!);
        Assert.Equal(DesignHash.Of(design!), DesignHash.Of(DesignDocument.Read(json, yaml: false).Design!));
        var padded = yaml.Replace("0.95", "0.950", StringComparison.Ordinal);
        Assert.Equal(DesignHash.Of(design!), DesignHash.Of(DesignDocument.Read(padded, yaml: true).Design!));
        Assert.NotEqual(DesignHash.Of(design!), DesignHash.Of(design! with { Hypothesis = "Another." }));
    }

    [Fact]
    public void The_sample_of_the_shop_is_a_good_design()
    {
        var (design, findings) = DesignDocument.Read(Read("samples/experiments/slow-ledger.yaml"), yaml: true);
        Assert.Empty(findings);
        Assert.Equal([50, 100, 200, 400], design!.Ladder.Rungs.Select(rung => rung.Magnitude));
    }

    [Fact]
    public void The_sample_that_pauses_a_process_is_a_good_design()
    {
        var (design, findings) = DesignDocument.Read(Read("samples/experiments/paused-ledger.yaml"), yaml: true);
        Assert.Empty(findings);
        Assert.Equal([new Rung(FaultKind.Pause, 1)], design!.Ladder.Rungs);
        Assert.Empty(DesignRules.Check(design));
    }

    [Fact]
    public void The_page_shows_the_sample_as_it_is() =>
        Assert.Contains(
            $"```yaml\n{Read("samples/experiments/slow-ledger.yaml")}```",
            Read("docs/experiments.md"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("magnitude: 400", "magnitude: 50", "ladder.rungs[3].magnitude", "does not rise")]
    [InlineData(
        "fault: latency, magnitude: 400",
        "fault: failure, magnitude: 101",
        "ladder.rungs[3].magnitude",
        "100 per cent"
    )]
    [InlineData("fault: latency, magnitude: 400", "fault: rain, magnitude: 400", "ladder.rungs[3].fault", "")]
    [InlineData("http://127.0.0.1:8090/checkout", "ftp://127.0.0.1/checkout", "steadyState.probe.url", "http or https")]
    [InlineData("minimumGood: 0.95", "minimumGood: 1.5", "steadyState.tolerance.minimumGood", "between 0 and 1")]
    [InlineData("- payments", "- ledger", "blastRadius.services[1]", "neverTouch")]
    [InlineData("hardStopSeconds: 600", "hardStopSeconds: 13", "lease.hardStopSeconds", "at least 14")]
    [InlineData("method: POST", "method: GET", "steadyState.probe.body", "sends no body")]
    [InlineData("name: slow-ledger", "name: Slow Ledger", "name", "")]
    [InlineData("hypothesis:", "hypothesys:", "hypothesys", "")]
    [InlineData("  - failingAbove: 0.8\n    forSeconds: 5", "  []", "abort", "abort criterion")]
    public void What_cannot_be_accepted_is_told_with_its_place(string good, string bad, string path, string says)
    {
        var yaml = Read("samples/experiments/slow-ledger.yaml");
        Assert.Contains(good, yaml, StringComparison.Ordinal);
        var (design, findings) = DesignDocument.Read(yaml.Replace(good, bad, StringComparison.Ordinal), yaml: true);
        Assert.Null(design);
        var finding = Assert.Single(findings);
        Assert.Equal(path, finding.Path);
        Assert.Contains(says, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sandbox_may_do_without_an_abort_criterion() =>
        Assert.Empty(DesignRules.Check(Design with { Environment = "sandbox", Abort = [] }));

    [Fact]
    public void Everything_missing_is_told_at_once()
    {
        var (_, findings) = DesignDocument.Read("name: x\nladder: {rungs: []}", yaml: true);
        var paths = findings.Select(finding => finding.Path).ToList();
        Assert.Subset(
            paths.ToHashSet(),
            new HashSet<string> { "hypothesis", "environment", "steadyState", "ladder.rungs", "ladder.holdSeconds" }
        );
    }

    [Theory]
    [InlineData("a: *x", "line")]
    [InlineData("a: [1", "line")]
    [InlineData("", "$")]
    [InlineData("--- 1\n--- 2", "line")]
    [InlineData("- 1", "$")]
    public void A_text_that_is_no_design_is_refused_whole(string yaml, string place)
    {
        var (design, findings) = DesignDocument.Read(yaml, yaml: true);
        Assert.Null(design);
        Assert.StartsWith(place, Assert.Single(findings).Path, StringComparison.Ordinal);
    }

    private static string Read(string path) => File.ReadAllText(Repository.File(path.Split('/')));
}
