using System.Text.Json.Nodes;

namespace Steady.Web.Pages;

/// <summary>A game day as the fields of a form. Pure.</summary>
public static class DayForm
{
    private const int BriefingMinutes = 10;
    private const int RunMinutes = 20;
    private const int DebriefingMinutes = 20;

    /// <summary>The document that a form stands for. What is empty is left out: the service says what it wants there.</summary>
    /// <param name="form">What was filled in.</param>
    /// <param name="experiments">What is run, in order.</param>
    public static JsonObject Document(Filled form, IEnumerable<string> experiments)
    {
        var document = new JsonObject
        {
            ["name"] = form.Text("name"),
            ["title"] = form.Text("title"),
            ["environment"] = form.Text("environment"),
            ["window"] = Of(form, "day", "from", "until", "zone"),
            ["agenda"] = new JsonArray([
                Item("Briefing", null, BriefingMinutes),
                .. experiments.Select(name => Item(name, name, RunMinutes)),
                Item("Debriefing", null, DebriefingMinutes),
            ]),
            ["roles"] = new JsonArray([
                .. Roles(form, "commander"),
                .. Roles(form, "operator"),
                .. Roles(form, "scribe"),
                .. Roles(form, "owner"),
                .. Roles(form, "observer"),
            ]),
        };
        return document;
    }

    /// <summary>Names as people write them in one field.</summary>
    public static IReadOnlyList<string> Names(string text) =>
        text.Split([',', '\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject Of(Filled form, params ReadOnlySpan<string> fields)
    {
        var found = new JsonObject();
        foreach (var field in fields)
        {
            if (form.Given(field) is { } text)
                found[field] = text;
        }

        return found;
    }

    private static JsonObject Item(string title, string? experiment, int minutes)
    {
        var item = new JsonObject { ["title"] = title, ["minutes"] = minutes };
        if (experiment is not null)
            item["experiment"] = experiment;
        return item;
    }

    private static IEnumerable<JsonNode> Roles(Filled form, string role) =>
        Names(form.Text(role)).Select(person => new JsonObject { ["person"] = person, ["role"] = role });
}
