using System.Text.Json.Nodes;
using Steady.ChaosToolkit;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.OpenSlo;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class ImportTests
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Everything that a design may have.</summary>
    public static ExperimentDesign Full { get; } =
        Design with
        {
            SteadyState = new(
                new HttpProbe("http://shop.example/checkout", "POST", 2500, 100, "{ \"odd\":  [1] }"),
                new(200, 300, 0.95m)
            ),
            Ladder = new([Latency(50), Latency(400), new Rung(FaultKind.Failure, 7)], 4, Bisect: 2),
            BlastRadius = Design.BlastRadius with { Share = 0.5m },
            Alarms =
            [
                new(
                    "stop-on-payments",
                    AlarmKind.Blocking,
                    new("http://pay.example/", "GET", 1000, 500),
                    new(204, 900, 1m)
                ),
                new(
                    "orders-fail",
                    AlarmKind.Outcome,
                    new("http://orders.example/", "POST", 1000, 500, "{\"a\":1}"),
                    new(200, 10, 0.5m)
                ),
                new("stop-too", AlarmKind.Blocking, new("http://pay.example/b", "GET", 50, 50), new(200, 9, 0.1m)),
            ],
            Budget = new(0.03m),
            Rollback =
            [
                new("http://shop.example/undo", "DELETE"),
                new("http://shop.example/x", "PUT", "{\"b\":[true]}", 70),
            ],
            Promotion = new("production", 2, 14),
        };

    public static TheoryData<string> Names { get; } = ["Full", "Design"];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_design_reads_back_as_the_same_design_in_both_formats(string name)
    {
        var design = name == "Full" ? Full : Design;
        var yaml = DesignExport.Write(design);
        var (applied, wrong) = DesignDocument.Read(yaml, yaml: true);
        Assert.Empty(wrong);
        Assert.Equal(DesignHash.Canonical(design), DesignHash.Canonical(applied!));
        Assert.Equal(yaml, DesignExport.Write(applied!));

        var file = ChaosToolkitExport.Write(design);
        Assert.Empty(ChaosToolkitText.Read(file).Findings);
        var (imported, findings) = ChaosToolkitImport.Read(file, Format.Json, None);
        Assert.Empty(findings);
        Assert.Equal(DesignHash.Canonical(design), DesignHash.Canonical(imported!));
        Assert.Equal(file, ChaosToolkitExport.Write(imported!));
    }

    [Fact]
    public void A_change_of_the_exported_activities_is_a_change_of_the_design()
    {
        var file = JsonNode.Parse(ChaosToolkitExport.Write(Design))!;
        file["method"]![2]!["provider"]!["arguments"]!["attributes"]!["latency"] = 250;
        file["steady-state-hypothesis"]!["probes"]![0]!["tolerance"] = 201;
        var (design, _) = ChaosToolkitImport.Read(file.ToJsonString(), Format.Json, None);
        Assert.Equal([100, 250], design!.Ladder.Rungs.Select(rung => rung.Magnitude));
        Assert.Equal(201, design.SteadyState.Tolerance.Status);
    }

    [Fact]
    public void A_foreign_experiment_becomes_a_design_with_what_its_extension_adds()
    {
        var text = File.ReadAllText(Repository.File("tests", "Unit", "ChaosToolkit", "Data", "accepted.yaml"));
        var (none, findings) = ChaosToolkitImport.Read(text, Format.Yaml, None);
        Assert.Null(none);
        var finding = Assert.Single(findings);
        Assert.Equal(("E-NOT-RUNNABLE", "/steady-state-hypothesis/probes/1/tolerance"), (finding.Code, finding.Where));

        var judged = text.Replace(
            "{ type: jsonpath, target: body, path: \"$.error\", count: 0 }",
            "200",
            StringComparison.Ordinal
        );
        var (unsafely, missing) = ChaosToolkitImport.Read(judged, Format.Yaml, None);
        Assert.Null(unsafely);
        Assert.All(missing, found => Assert.Equal(("E-DESIGN", "/extensions"), (found.Code, found.Where)));
        Assert.Contains(missing, found => found.Message.StartsWith("environment:", StringComparison.Ordinal));

        var (design, _) = ChaosToolkitImport.Read(
            $"{judged}\n"
                + """
                extensions:
                  - name: steady
                    design:
                      environment: staging
                      owners: [team-shop]
                      recoveryWithinSeconds: 30s
                      blastRadius: { services: [front, back] }
                      abort: [{ failingAbove: 80%, forSeconds: 5 }]
                """,
            Format.Yaml,
            new Dictionary<string, string> { ["FRONT_URL"] = "http://shop.example:81" }
        );
        Assert.Equal("the-front-survives-a-slow-back", design!.Name);
        Assert.Equal(new HttpProbe("http://shop.example:81/", "GET", 3000, 200), design.SteadyState.Probe);
        Assert.Equal(("front-back", 5), (design.BlastRadius.Edge, design.Ladder.HoldSeconds));
        Assert.Equal([Latency(200)], design.Ladder.Rungs);
        Assert.Equal("no-error", Assert.Single(design.Alarms!).Name);
        Assert.Equal(0.8m, Assert.Single(design.Abort).FailingAbove);
    }

    [Theory]
    [InlineData("""{"type": "process", "path": "ls"}""")]
    [InlineData("""{"type": "http", "url": "http://a/"}""")]
    [InlineData("""{"type": "python", "module": "chaostoxi.toxic.actions", "func": "create_slicer_toxic"}""")]
    public void A_method_that_does_more_than_a_run_can_is_refused_whole(string provider)
    {
        var file = JsonNode.Parse(ChaosToolkitExport.Write(Design))!;
        ((JsonArray)file["method"]!).Add(
            new JsonObject
            {
                ["type"] = "action",
                ["name"] = "more",
                ["provider"] = JsonNode.Parse(provider),
            }
        );
        var (design, findings) = ChaosToolkitImport.Read(file.ToJsonString(), Format.Json, None);
        Assert.Null(design);
        Assert.Equal(("E-NOT-RUNNABLE", "/method/4"), (Assert.Single(findings).Code, findings[0].Where));
    }

    [Fact]
    public void An_import_keeps_where_it_came_from_and_says_nothing_twice()
    {
        var imported = new ExperimentImported("f00d", [new("W-NO-ROLLBACK", "/rollbacks", "Nothing.")], "ana", Now);
        Given<Experiment>(new ExperimentDrafted(Design, "ana", Now), imported)
            .When(experiment => Importing.Decide(experiment, Design, imported with { At = Now.AddDays(1) }))
            .Then();
        Given<Experiment>(new ExperimentDrafted(Design, "ana", Now), new DesignFrozen("hash", "ana", Now))
            .When(experiment => Importing.Decide(experiment, Full, imported))
            .ThenRefused("design-frozen");
    }

    [Theory]
    [InlineData("holdSeconds: 4", "holdSeconds: 4s")]
    [InlineData("withinMs: 300", "withinMs: 0.3s")]
    [InlineData("minimumGood: 0.95", "minimumGood: 95%")]
    [InlineData("failingAbove: 0.8", "failingAbove: 80 %")]
    [InlineData("hardStopSeconds: 600", "hardStopSeconds: 10m")]
    [InlineData("magnitude: 400", "magnitude: 400ms")]
    public void Durations_and_shares_may_carry_their_unit(string plain, string written)
    {
        var yaml = File.ReadAllText(Repository.File("samples", "experiments", "slow-ledger.yaml"));
        Assert.Contains(plain, yaml, StringComparison.Ordinal);
        var (design, _) = DesignDocument.Read(yaml, yaml: true);
        var (other, findings) = DesignDocument.Read(yaml.Replace(plain, written, StringComparison.Ordinal), yaml: true);
        Assert.Empty(findings);
        Assert.Equal(DesignHash.Of(design!), DesignHash.Of(other!));
    }

    [Theory]
    [InlineData("magnitude: 400", "magnitude: 40%")]
    [InlineData("holdSeconds: 4", "holdSeconds: 4%")]
    [InlineData("holdSeconds: 4", "holdSeconds: 4500ms")]
    [InlineData("name: slow-ledger", "name: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("http://127.0.0.1:8090/checkout", "http://169.254.169.254/latest")]
    public void A_wrong_unit_or_a_hostile_text_is_refused(string plain, string written)
    {
        var yaml = File.ReadAllText(Repository.File("samples", "experiments", "slow-ledger.yaml"));
        var (design, findings) = DesignDocument.Read(
            yaml.Replace(plain, written, StringComparison.Ordinal),
            yaml: true
        );
        Assert.Null(design);
        Assert.Single(findings);
    }
}
