using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Web.Pages;

/// <summary>A design as the fields of a form, and back. What the form has no field for stays as the design it began with has it. Pure.</summary>
public static partial class DesignForm
{
    /// <summary>So many lines for what ends a run; a design may have more, and then the form has.</summary>
    public const int AbortLines = 2;

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>What stands in the fields before somebody has typed.</summary>
    public static IReadOnlyDictionary<string, string> Empty { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["environment"] = "sandbox",
            ["method"] = "GET",
            ["status"] = "200",
            ["within"] = "300",
            ["good"] = "95",
            ["timeout"] = "2000",
            ["every"] = "100",
            ["fault"] = $"{FaultKind.Latency}",
            ["rungs"] = "50, 100, 200, 400",
            ["hold"] = "10",
            ["above-0"] = "50",
            ["for-0"] = "5",
            ["recovery"] = "60",
        };

    /// <summary>The fields of a design that there is.</summary>
    public static IReadOnlyDictionary<string, string> Of(ExperimentDesign design)
    {
        var (probe, tolerance, radius) = (design.SteadyState.Probe, design.SteadyState.Tolerance, design.BlastRadius);
        var kind = design.Ladder.Rungs[0].Fault;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = design.Name,
            ["hypothesis"] = design.Hypothesis,
            ["environment"] = design.Environment,
            ["owners"] = string.Join(", ", design.Owners),
            ["url"] = probe.Url,
            ["method"] = probe.Method,
            ["body"] = probe.Body ?? "",
            ["timeout"] = Text(probe.TimeoutMs),
            ["every"] = Text(probe.EveryMs),
            ["status"] = Text(tolerance.Status),
            ["within"] = Text(tolerance.WithinMs),
            ["good"] = Text(tolerance.MinimumGood * 100),
            ["edge"] = radius.Edge,
            ["services"] = string.Join(", ", radius.Services),
            ["never"] = string.Join(", ", radius.NeverTouch ?? []),
            ["share"] = radius.Share is { } share ? Text(share * 100) : "",
            ["fault"] = $"{kind}",
            ["rungs"] = string.Join(
                ", ",
                design.Ladder.Rungs.Select(r => r.Fault == kind ? Text(r.Magnitude) : $"{r.Fault} {Text(r.Magnitude)}")
            ),
            ["hold"] = Text(design.Ladder.HoldSeconds),
            ["bisect"] = design.Ladder.Bisect is { } bisect ? Text(bisect) : "",
            ["recovery"] = Text(design.RecoveryWithinSeconds),
            ["spend"] = design.Budget is { } budget ? Text(budget.SpendAtMost * 100) : "",
        };
        foreach (var (at, line) in design.Abort.Index())
            (fields[$"above-{at}"], fields[$"for-{at}"]) = (Text(line.FailingAbove * 100), Text(line.ForSeconds));
        return fields;
    }

    /// <summary>The document that a form stands for. A number that is none is left out: the service says what it wants there.</summary>
    public static JsonObject Document(Filled form, ExperimentDesign? from)
    {
        var document = from is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(from, Json.Options)!;
        document["name"] = form.Text("name");
        document["hypothesis"] = form.Text("hypothesis");
        document["environment"] = form.Text("environment");
        document["owners"] = List(form, "owners");
        document["steadyState"] = new JsonObject
        {
            ["probe"] = Given(
                ("url", form.Text("url")),
                ("method", form.Text("method")),
                ("timeoutMs", Whole(form, "timeout") ?? 0),
                ("everyMs", Whole(form, "every") ?? 0),
                ("body", form.Given("body"))
            ),
            ["tolerance"] = Given(
                ("status", Whole(form, "status") ?? 0),
                ("withinMs", Whole(form, "within") ?? 0),
                ("minimumGood", Share(form, "good") ?? -1)
            ),
        };
        document["abort"] = new JsonArray([.. Abort(form)]);
        document["blastRadius"] = Given(
            ("edge", form.Text("edge")),
            ("services", List(form, "services")),
            ("neverTouch", List(form, "never") is { Count: > 0 } never ? never : null),
            ("share", form.Given("share") is null ? null : Share(form, "share") ?? -1)
        );
        document["ladder"] = Given(
            ("rungs", new JsonArray([.. Rungs(form)])),
            ("holdSeconds", Whole(form, "hold") ?? 0),
            ("bisect", form.Given("bisect") is null ? null : Whole(form, "bisect") ?? -1)
        );
        document["recoveryWithinSeconds"] = Whole(form, "recovery") ?? 0;
        document["budget"] = form.Given("spend") is null ? null : Given(("spendAtMost", Share(form, "spend") ?? -1));
        return document;
    }

    /// <summary>The field that a place of the document is typed into; null for what has none.</summary>
    public static string? Field(string path) =>
        path switch
        {
            "name" or "hypothesis" or "environment" => path,
            "steadyState.probe.url" => "url",
            "steadyState.probe.method" => "method",
            "steadyState.probe.body" => "body",
            "steadyState.probe.timeoutMs" => "timeout",
            "steadyState.probe.everyMs" => "every",
            "steadyState.tolerance.status" => "status",
            "steadyState.tolerance.withinMs" => "within",
            "steadyState.tolerance.minimumGood" => "good",
            "blastRadius.edge" => "edge",
            "blastRadius.neverTouch" => "never",
            "blastRadius.share" => "share",
            "ladder.holdSeconds" or "lease.hardStopSeconds" => "hold",
            "ladder.bisect" => "bisect",
            "recoveryWithinSeconds" => "recovery",
            "abort" => "above-0",
            _ when path.StartsWith("owners", StringComparison.Ordinal) => "owners",
            _ when path.StartsWith("budget", StringComparison.Ordinal) => "spend",
            _ when path.StartsWith("ladder.rungs", StringComparison.Ordinal) => "rungs",
            _ when path.StartsWith("blastRadius", StringComparison.Ordinal) => "services",
            _ when AbortPlace().Match(path) is { Success: true } abort =>
                $"{(abort.Groups[2].Value == "forSeconds" ? "for" : "above")}-{abort.Groups[1].Value}",
            _ => null,
        };

    /// <summary>The rungs as somebody wrote them: numbers, each of another kind with its name before it.</summary>
    public static IEnumerable<JsonNode> Rungs(Filled form) =>
        Words(form, "rungs")
            .Select(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(parts =>
                (JsonNode)Given(
                    ("fault", parts.Length > 1 ? Camel(parts[0]) : Camel(form.Text("fault"))),
                    ("magnitude", int.TryParse(parts[^1], NumberStyles.None, English, out var strong) ? strong : 0)
                )
            );

    private static IEnumerable<JsonNode> Abort(Filled form) =>
        Enumerable
            .Range(0, 20)
            .Where(at => form.Given($"above-{at}") is not null || form.Given($"for-{at}") is not null && at > 0)
            .Select(at =>
                (JsonNode)Given(
                    ("failingAbove", Share(form, $"above-{at}") ?? -1),
                    ("forSeconds", Whole(form, $"for-{at}") ?? 0)
                )
            );

    private static JsonObject Given(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var given = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                given[name] = value;
        }

        return given;
    }

    private static JsonArray List(Filled form, string field) =>
        new([.. Words(form, field).Select(word => (JsonNode)word)]);

    private static string[] Words(Filled form, string field) =>
        form.Text(field).Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? Whole(Filled form, string field) =>
        form.Number(field) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private static decimal? Share(Filled form, string field) =>
        decimal.TryParse(form.Text(field), NumberStyles.Number, English, out var percent) ? percent / 100 : null;

    private static string Camel(string word) => JsonNamingPolicy.CamelCase.ConvertName(word);

    private static string Text(decimal number) => number.ToString("0.####", English);

    [GeneratedRegex(@"^abort\[(\d+)\]\.(\w+)$")]
    private static partial Regex AbortPlace();
}
