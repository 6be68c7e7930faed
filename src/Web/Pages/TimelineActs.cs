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
                    form.Id("cause") ?? Guid.Empty,
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
            form.Given("services")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
            Source: form.Given("source"),
            Confidence: form.One<EntryConfidence>("confidence"),
            Links: form.Given("link") is { } link ? [new EntryLink(link)] : null
        );

    /// <summary>What was left as it stood is not part of the correction. A browser writes the same moment with fewer digits. Pure.</summary>
    public static AmendEntry Amendment(Filled form) =>
        new(
            form.Text("reason"),
            Changed(form, "text"),
            Changed(form, "kind"),
            form.Moment("at") == form.Moment("at-before") ? null : form.Moment("at"),
            Precision: form.One<EntryPrecision>("precision"),
            Confidence: form.One<EntryConfidence>("confidence")
        );

    private static string? Changed(Filled form, string field) =>
        form.Text(field) == form.Text($"{field}-before") ? null : form.Given(field);

    // The field names the entry that holds, or a verdict without one.
    private static RuleOnContradiction Ruling(Filled form) =>
        form.Id("verdict") is { } holds
            ? new RuleOnContradiction(RulingVerdict.OneHolds, form.Text("reason"), holds)
            : new RuleOnContradiction(form.One<RulingVerdict>("verdict") ?? RulingVerdict.Unclear, form.Text("reason"));
}
