using Steady.Contracts.Incidents;

namespace Steady.Web.Pages;

/// <summary>What the forms of a timeline's page ask the service for.</summary>
public static class TimelineActs
{
    /// <summary>Null for what is no form of the page.</summary>
    public static Task? Do(Apis apis, string? incident, Filled form, CancellationToken stop)
    {
        var (incidents, entry, reason) = (apis.Incidents, form.Id("entry") ?? Guid.Empty, form.Text("reason"));
        return form.What switch
        {
            "evidence" => incidents.RecordEntry(Evidence(incident, form), stop: stop),
            "amend" => incidents.AmendEntry(entry, Amendment(form), form.Number("version"), stop),
            "retract" => incidents.RetractEntry(entry, new RetractEntry(reason), stop),
            "redact" => incidents.RedactEntry(entry, new RedactEntry(reason), stop),
            "cause" => incidents.StateCause(
                entry,
                new StateCause(
                    (form.Given("other") is null ? form.Id("cause") : form.Id("other")) ?? Guid.Empty,
                    form.Text("why"),
                    form.One<EntryConfidence>("confidence") ?? EntryConfidence.Medium
                ),
                stop
            ),
            "uncause" => incidents.WithdrawCause(
                form.Id("effect") ?? entry,
                new WithdrawCause(form.Id("cause") ?? Guid.Empty, reason),
                stop
            ),
            "rule" => incidents.Rule(incident ?? "", form.Id("contradiction") ?? Guid.Empty, Ruling(form), stop),
            "keep" => incidents.SetView(
                form.Text("name"),
                new SetTimelineView(form.Text("query"), form.Given("about")),
                stop
            ),
            _ => null,
        };
    }

    private static RecordEntry Evidence(string? incident, Filled form) =>
        new(
            form.Text("kind"),
            form.Text("text"),
            form.Moment("at"),
            form.Moment("until"),
            form.One<EntryPrecision>("precision"),
            incident,
            form.Given("services") is null ? null : form.Services("services"),
            Source: form.Given("source"),
            SourceId: form.Given("source-id"),
            Author: form.Given("author"),
            Confidence: form.One<EntryConfidence>("confidence"),
            Labels: form.Given("labels") is { } labels ? Labels(labels) : null,
            Links: form.Given("links") is { } links ? [.. Lines(links).Select(Link)] : null,
            CorrelationId: form.Given("correlation"),
            TraceId: form.Given("trace"),
            WrittenAt: form.Moment("written")
        );

    /// <summary>What was left as it stood is not part of the correction. A browser writes the same moment with fewer digits. Pure.</summary>
    public static AmendEntry Amendment(Filled form) =>
        new(
            form.Text("reason"),
            Changed(form, "text"),
            Changed(form, "kind"),
            form.Moment("at") == form.Moment("at-before") ? null : form.Moment("at"),
            form.Moment("until") == form.Moment("until-before") ? null : form.Moment("until"),
            form.One<EntryPrecision>("precision"),
            IsChanged(form, "services") ? form.Services("services") : null,
            form.One<EntryConfidence>("confidence"),
            IsChanged(form, "labels") ? Labels(form.Text("labels")) : null,
            IsChanged(form, "links") ? [.. Lines(form.Text("links")).Select(Link)] : null
        );

    private static string? Changed(Filled form, string field) => IsChanged(form, field) ? form.Given(field) : null;

    private static bool IsChanged(Filled form, string field) => form.Text(field) != form.Text($"{field}-before");

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static EntryLink Link(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is var end and > 0
            ? new EntryLink(line[..end], line[end..].Trim())
            : new EntryLink(line);

    // Of a name that is written twice the last one counts, as in JSON.
    private static Dictionary<string, string> Labels(string text)
    {
        var labels = new Dictionary<string, string>();
        foreach (var line in Lines(text))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            labels[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }

        return labels;
    }

    // The field names the entry that holds, or a verdict without one.
    private static RuleOnContradiction Ruling(Filled form) =>
        form.Id("verdict") is { } holds
            ? new RuleOnContradiction(RulingVerdict.OneHolds, form.Text("reason"), holds)
            : new RuleOnContradiction(form.One<RulingVerdict>("verdict") ?? RulingVerdict.Unclear, form.Text("reason"));
}
