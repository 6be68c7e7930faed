using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.OpenSlo;

namespace Steady.Experiments.Design;

/// <summary>A design as an experiment of Chaos Toolkit that reads back as the same design.</summary>
public static class ChaosToolkitExport
{
    public static string Write(ExperimentDesign design) => NodeText.ToJson(Yaml.FromJson(Experiment(design)));

    private static JsonObject Experiment(ExperimentDesign design)
    {
        var hypothesis = new JsonObject
        {
            ["title"] = design.Hypothesis,
            ["probes"] = new JsonArray([
                Probe("steady-state", design.SteadyState.Probe, design.SteadyState.Tolerance),
                .. Alarms(design, AlarmKind.Outcome),
            ]),
        };
        var experiment = new JsonObject
        {
            ["version"] = "1.0.0",
            ["title"] = design.Hypothesis,
            ["description"] = $"Experiment {design.Name} of Steady, in {design.Environment}.",
        };
        if (Alarms(design, AlarmKind.Blocking).ToArray() is { Length: > 0 } blocking)
            experiment["controls"] = new JsonArray(Safeguards(blocking));
        experiment["steady-state-hypothesis"] = hypothesis;
        experiment["method"] = new JsonArray([
            .. design.Ladder.Rungs.Index().SelectMany(rung => Rung(design, rung.Item, rung.Index + 1)),
        ]);
        experiment["rollbacks"] = new JsonArray([
            .. design.Ladder.Rungs.Index().Select(rung => Remove(design, rung.Index + 1)),
            .. (design.Rollback ?? []).Index().Select(call => Call(call.Item, call.Index + 1)),
        ]);
        experiment["extensions"] = new JsonArray(
            new JsonObject { ["name"] = ChaosToolkitImport.Extension, ["design"] = Unsaid(design) }
        );
        return experiment;
    }

    private static IEnumerable<JsonNode> Alarms(ExperimentDesign design, AlarmKind kind) =>
        (design.Alarms ?? [])
            .Where(alarm => alarm.Kind == kind)
            .Select(alarm => Probe(alarm.Name, alarm.Probe, alarm.Tolerance));

    private static JsonObject Probe(string name, HttpProbe probe, Tolerance tolerance) =>
        new()
        {
            ["type"] = "probe",
            ["name"] = name,
            ["tolerance"] = tolerance.Status,
            ["provider"] = ImportedCall.Provider(probe.Url, probe.Method, probe.TimeoutMs, probe.Body),
        };

    private static JsonObject Safeguards(JsonNode[] probes)
    {
        foreach (var probe in probes)
            probe["frequency"] = 1;
        return new JsonObject
        {
            ["name"] = "blocking-alarms",
            ["provider"] = new JsonObject
            {
                ["type"] = "python",
                ["module"] = "chaosaddons.controls.safeguards",
                ["arguments"] = new JsonObject { ["probes"] = new JsonArray(probes) },
            },
        };
    }

    private static IEnumerable<JsonNode> Rung(ExperimentDesign design, Rung rung, int number)
    {
        var inject = Toxic(
            "create_toxic",
            number,
            ImportedToxic.Arguments(rung, design.BlastRadius.Edge, Name(number))
        );
        inject["pauses"] = new JsonObject { ["after"] = design.Ladder.HoldSeconds };
        return [inject, Remove(design, number)];
    }

    private static JsonObject Remove(ExperimentDesign design, int number) =>
        Toxic(
            "delete_toxic",
            number,
            new JsonObject { ["for_proxy"] = design.BlastRadius.Edge, ["toxic_name"] = Name(number) }
        );

    private static JsonObject Toxic(string function, int number, JsonObject arguments) =>
        new()
        {
            ["type"] = "action",
            ["name"] = $"{function.Replace('_', '-')}-{number}",
            ["provider"] = new JsonObject
            {
                ["type"] = "python",
                ["module"] = "chaostoxi.toxic.actions",
                ["func"] = function,
                ["arguments"] = arguments,
            },
        };

    private static string Name(int number) => $"steady-{number}";

    private static JsonObject Call(RollbackCall call, int number) =>
        new()
        {
            ["type"] = "action",
            ["name"] = $"put-back-{number}",
            ["provider"] = ImportedCall.Provider(call.Url, call.Method, call.TimeoutMs, call.Body),
        };

    // What the activities say stands there and nowhere else, so that a change of theirs is a change of the design.
    private static JsonObject Unsaid(ExperimentDesign design)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(design, Json.Options)!;
        json.Remove("hypothesis");
        Unsaid(json["steadyState"]);
        foreach (var alarm in json["alarms"] as JsonArray ?? [])
            Unsaid(alarm);
        ((JsonObject)json["ladder"]!).Remove("rungs");
        ((JsonObject)json["ladder"]!).Remove("holdSeconds");
        ((JsonObject)json["blastRadius"]!).Remove("edge");
        foreach (var call in json["rollback"] as JsonArray ?? [])
            Unsaid((JsonObject)call!);
        foreach (var (name, _) in json.Where(member => member.Value is null).ToList())
            json.Remove(name);
        return json;
    }

    private static void Unsaid(JsonNode? measured)
    {
        ((JsonObject)measured!["tolerance"]!).Remove("status");
        Unsaid((JsonObject)measured["probe"]!);
    }

    private static void Unsaid(JsonObject call)
    {
        foreach (var name in (string[])["url", "method", "timeoutMs"])
            call.Remove(name);
    }
}
