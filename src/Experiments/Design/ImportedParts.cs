using System.Text.Json.Nodes;

namespace Steady.Experiments.Design;

/// <summary>What the activities of a foreign experiment mean for a design, and which of them mean nothing here.</summary>
internal sealed class ImportedParts(JsonObject file)
{
    private const string Hypothesis = "/steady-state-hypothesis";
    private readonly List<Finding> unrunnable = [];
    private readonly JsonArray rungs = [];
    private readonly HashSet<string> edges = [];
    private readonly HashSet<int> holds = [];

    public IReadOnlyList<Finding> Unrunnable => unrunnable;

    /// <summary>The members that the activities say, and no others.</summary>
    public JsonObject Design()
    {
        var hypothesis = file["steady-state-hypothesis"] as JsonObject;
        var probes = Items(hypothesis?["probes"]).ToList();
        var measured = probes.Select((probe, at) => Measured(probe, $"{Hypothesis}/probes/{at}")).ToList();
        var names = probes.Select(Name).ToHashSet();
        var alarms = measured.Skip(1).Concat(Safeguards()).OfType<JsonNode>().ToArray();
        foreach (var (at, activity) in Items(file["method"]).Index())
            Method(activity, names, $"/method/{at}");
        var calls = Items(file["rollbacks"])
            .Select((call, at) => Rollback(call, $"/rollbacks/{at}"))
            .OfType<JsonNode>()
            .ToArray();
        Whole(measured.Count);
        var steady = measured.FirstOrDefault();
        steady?.Remove("name");
        steady?.Remove("kind");
        return Json(
            ("hypothesis", hypothesis?["title"]?.DeepClone()),
            ("steadyState", steady),
            ("alarms", alarms.Length > 0 ? new JsonArray(alarms) : null),
            ("blastRadius", new JsonObject { ["edge"] = edges.FirstOrDefault() }),
            (
                "ladder",
                Json(("rungs", rungs), ("holdSeconds", holds.Count > 0 ? JsonValue.Create(holds.First()) : null))
            ),
            ("rollback", calls.Length > 0 ? new JsonArray(calls) : null)
        );
    }

    private void Whole(int probes)
    {
        if (probes == 0)
            Refuse(
                Hypothesis,
                "A design needs a steady state: give the hypothesis an http probe with a status as tolerance."
            );
        if (rungs.Count == 0)
            Refuse(
                "/method",
                "Nothing here is a fault that can be injected. Give the method chaostoxi.toxic.actions.create_toxic with a latency or a reset_peer toxic."
            );
        if (edges.Count > 1 || holds.Count > 1)
            Refuse(
                "/method",
                "All toxics of a ladder are on one proxy and are held equally long. Give them the same for_proxy and the same pauses.after."
            );
    }

    private IEnumerable<JsonNode?> Safeguards() =>
        from control in Items(file["controls"]).Index()
        where $"{control.Item["provider"]?["module"]}" == "chaosaddons.controls.safeguards"
        from probe in Items(control.Item["provider"]?["arguments"]?["probes"]).Index()
        select Measured(
            probe.Item,
            $"/controls/{control.Index}/provider/arguments/probes/{probe.Index}",
            kind: "blocking"
        );

    private JsonObject? Measured(JsonObject activity, string pointer, string kind = "outcome")
    {
        var (call, problem) = ImportedCall.Of(activity, ["GET", "POST"]);
        var tolerance = activity["tolerance"] is JsonArray { Count: 1 } list ? list[0] : activity["tolerance"];
        if (call is null)
            return Refuse(pointer, problem);
        if (tolerance is not JsonValue value || !value.TryGetValue<int>(out var status))
            return Refuse(
                $"{pointer}/tolerance",
                "A probe here is judged by its status and its time. Give one status as tolerance."
            );
        return Json(
            ("name", Name(activity)),
            ("kind", kind),
            ("probe", call),
            ("tolerance", new JsonObject { ["status"] = status })
        );
    }

    private void Method(JsonObject activity, HashSet<string> probes, string pointer)
    {
        var provider = activity["provider"] as JsonObject;
        switch ($"{provider?["module"]}", $"{provider?["func"]}")
        {
            case ("chaostoxi.toxic.actions", "create_toxic" or "create_latency_toxic"):
                Toxic(activity, provider!, pointer);
                break;
            // Every rung is taken out before the next one goes in.
            case ("chaostoxi.toxic.actions", "delete_toxic"):
                break;
            // A look at the steady state is what a run does all the time.
            case var _ when $"{activity["type"]}" == "probe" && probes.Contains(Name(activity)):
                break;
            default:
                Refuse(
                    pointer,
                    $"'{Name(activity)}' is nothing that a run here does. Only toxics and the probes of the hypothesis are executed."
                );
                break;
        }
    }

    private void Toxic(JsonObject activity, JsonObject provider, string pointer)
    {
        var arguments = provider["arguments"] as JsonObject ?? [];
        var rung = ImportedToxic.Of($"{provider["func"]}", arguments);
        if (rung is null)
        {
            Refuse(
                $"{pointer}/provider/arguments",
                "This toxic is no rung of a ladder. Give a latency without jitter in whole milliseconds, or reset_peer with a toxicity of whole per cents, both downstream."
            );
            return;
        }

        rungs.Add(rung);
        edges.Add($"{arguments["for_proxy"]}");
        if (Seconds(activity["pauses"]?["before"]) is > 0)
            Refuse(
                $"{pointer}/pauses/before",
                "A run waits by measuring its baseline, not before a fault. Leave 'before' out."
            );
        if (Seconds(activity["pauses"]?["after"]) is { } after)
        {
            if (after != decimal.Truncate(after) || after > 600)
                Refuse($"{pointer}/pauses/after", "A rung is held for whole seconds, 600 at most.");
            else
                holds.Add((int)after);
        }
    }

    private JsonObject? Rollback(JsonObject activity, string pointer)
    {
        if (
            $"{activity["provider"]?["module"]}" is "chaostoxi.toxic.actions" or "chaostoxi.proxy.actions"
            && $"{activity["provider"]?["func"]}" is "delete_toxic" or "reset"
        )
            return null;
        var (call, problem) = ImportedCall.Of(activity, ["GET", "POST", "PUT", "DELETE"]);
        return call ?? Refuse(pointer, problem);
    }

    private JsonObject? Refuse(string pointer, string message)
    {
        unrunnable.Add(new(pointer, message));
        return null;
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static string Name(JsonObject activity) => $"{activity["name"]}";

    private static decimal? Seconds(JsonNode? pause) =>
        pause is JsonValue value && value.TryGetValue<decimal>(out var seconds) ? seconds : null;

    private static JsonObject Json(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                json[name] = value;
        }

        return json;
    }
}
