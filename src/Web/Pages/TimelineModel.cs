using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>What a timeline's page shows; all of it stands in the address, so that a link shows a colleague the same.</summary>
/// <param name="Incident">Whose timeline it is, by number or id; null for whatever the query finds.</param>
/// <param name="Query">The query; empty for everything.</param>
/// <param name="At">As it was known at this moment; null for now.</param>
/// <param name="Entry">The entry that is looked at closely; null for none.</param>
public sealed record TimelineAddress(string? Incident, string Query, DateTimeOffset? At, Guid? Entry)
{
    public string Path => Incident is null ? "/timeline" : $"/incidents/{Uri.EscapeDataString(Incident)}/timeline";

    public string Self => $"{Path}{Rest}";

    public string Fragment => $"/fragments{Path}{Rest}";

    /// <summary>It as a document to hand on: <c>html</c>, <c>pdf</c>, <c>md</c>, <c>csv</c>, <c>ndjson</c>, or <c>replay</c>, a page that plays by itself.</summary>
    public string File(string format) =>
        $"{Path}/file{(this with { Entry = null }).Rest}{(Query.Length > 0 || At is not null ? "&" : "?")}format={format}";

    /// <summary>What the picture is drawn from, whichever entry is looked at closely.</summary>
    public string Columns => $"{Path}/columns{(this with { Entry = null }).Rest}";

    private string Rest =>
        AddressQuery.Of(
            ("q", Query.Length > 0 ? Query : null),
            ("at", At is { } at ? Words.Iso(at) : null),
            ("entry", Entry?.ToString())
        );
}

/// <summary>An entry as the picture finds it.</summary>
/// <param name="At">When it happened, in milliseconds since 1970.</param>
/// <param name="Known">When it was recorded, likewise.</param>
/// <param name="Kind">What its kind is called.</param>
public sealed record NamedEntry(Guid Id, long At, long Known, string Kind, string Text)
{
    public static NamedEntry Of(TimelineEntry entry) =>
        new(
            entry.Id,
            entry.OccurredAt.ToUnixTimeMilliseconds(),
            entry.RecordedAt.ToUnixTimeMilliseconds(),
            Kinds.Name(entry.Kind),
            SharedSentences.Shown(PlainText.Of(entry))
        );
}

/// <summary>An entry with its versions, what led to it and what followed.</summary>
/// <param name="Before">What happened before it, newest first: what somebody may say led to it.</param>
public sealed record EntryModel(
    EntryHistory History,
    CausalAnswer? Causes,
    CausalAnswer? Effects,
    IReadOnlyList<TimelineEntry> Before
)
{
    public TimelineEntry Latest => History.Versions[^1].Entry;

    /// <summary>Whether it came from outside; the platform's own names stand for nothing that people look for.</summary>
    public bool IsEvidence => Latest.Source is not ("incidents" or "budgets" or "experiments");

    /// <summary>Notes and evidence are corrected; what the platform did or saw is not.</summary>
    public bool MayBeCorrected => History.Retracted is null && (Latest.Kind == "note-added" || IsEvidence);
}

/// <param name="Answer">What the query finds first, or what it counts; null where the query is wrong.</param>
/// <param name="Wrong">Why the query is not understood.</param>
/// <param name="State">How the incident stood at that moment.</param>
/// <param name="Contradictions">What cannot be so, as far as it was known then.</param>
/// <param name="Views">Queries that are kept.</param>
/// <param name="Refused">What was asked for and not done.</param>
public sealed record TimelineModel(
    TimelineAddress Address,
    IncidentView? Incident,
    TimelineAnswer? Answer,
    ProblemException? Wrong,
    IncidentState? State,
    Answer<ContradictionList>? Contradictions,
    Answer<EntryModel>? Entry,
    IReadOnlyList<SavedTimelineView> Views,
    DateTimeOffset Now,
    bool MayWrite,
    bool MayRedact,
    Refused? Refused
)
{
    public Filled? Filled => Refused?.Form;

    /// <summary>Nothing is changed from the past.</summary>
    public bool Writes => MayWrite && Address.At is null;

    /// <summary>Whether it finds entries, in place of counting or comparing.</summary>
    public bool IsStory => Answer is { Counts: null, Gaps: null, Diff: null, Similar: null, Contradictions: null };

    public string? Kept(string what, string field) => Filled?.What == what ? Filled.Given(field) : null;
}
