using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;

namespace Steady.Incidents.Timeline.Query;

/// <summary>An incident that a query names: which rows are its timeline, and its moments as far as they were known.</summary>
public sealed record IncidentKnown(Scope Scope, IReadOnlyDictionary<IncidentMoment, DateTimeOffset> Moments);

/// <summary>What a query's names stand for.</summary>
public sealed record Known(DateTimeOffset Now, IReadOnlyDictionary<string, IncidentKnown> Incidents)
{
    /// <summary>What no line may belong to or be about, for whoever asks.</summary>
    public Guid[] Hidden { get; init; } = [];
}

/// <summary>Only what somebody had seen of an incident.</summary>
public sealed record Seeing(string Who, string Incident);

/// <summary>A query whose moments are dates: what there is to be found.</summary>
public sealed record Plan(
    Condition? Where,
    DateTimeOffset? From,
    DateTimeOffset? To,
    DateTimeOffset? KnownAt,
    bool Recorded,
    Seeing? SeenBy,
    IReadOnlyDictionary<string, IncidentKnown> Incidents
)
{
    /// <summary>Only these, whatever else is asked; null for all.</summary>
    public IReadOnlyList<Guid>? Only { get; init; }

    /// <summary>Also versions that others have taken the place of.</summary>
    public bool EveryVersion { get; init; }

    /// <summary>What no line may belong to or be about, for whoever asks.</summary>
    public Guid[] Hidden { get; init; } = [];
}

/// <summary>What a query means now: or what is wrong with it, which only shows when its names are looked up.</summary>
public sealed record Bound(Plan? Plan, IReadOnlyList<QueryMistake> Mistakes);

/// <summary>Puts dates in place of words. Pure.</summary>
public sealed class Binding
{
    /// <summary>How far back a query looks that nothing else narrows.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    // What of these is asked for is found by an index, whenever it happened.
    private static readonly HashSet<string> Narrow = ["incident", "text", "source", "entry", "trace", "correlation"];

    private readonly List<QueryMistake> mistakes = [];
    private readonly string text;
    private readonly Search search;
    private readonly Known known;

    private Binding(string text, Search search, Known known) =>
        (this.text, this.search, this.known) = (text, search, known);

    /// <param name="text">The query as it was written, to say where a mistake is.</param>
    public static Bound Bind(string text, Search search, Known known)
    {
        var binding = new Binding(text, search, known);
        var plan = binding.Bind();
        return new Bound(binding.mistakes.Count == 0 ? plan : null, binding.mistakes);
    }

    /// <summary>The incidents that a query names.</summary>
    public static IEnumerable<Word> Incidents(Condition? condition) =>
        condition switch
        {
            Term { Field: "incident" } term => term.Values.OfType<Word>(),
            Not not => Incidents(not.Of),
            All all => all.Of.SelectMany(Incidents),
            Any any => any.Of.SelectMany(Incidents),
            _ => [],
        };

    /// <summary>As of when an incident with these moments is asked for; null for now, and where that moment has not come.</summary>
    public static DateTimeOffset? KnownAt(
        Settings settings,
        IReadOnlyDictionary<IncidentMoment, DateTimeOffset> moments,
        DateTimeOffset now
    ) =>
        settings.KnownAt switch
        {
            null => null,
            { At: { } at } => at,
            { Anchor: When.Now } said => Add(now, said.Offset),
            { Anchor: { } anchor } said => moments.TryGetValue(Fields.Moments[anchor], out var moment)
                ? Add(moment, said.Offset)
                : null,
            _ => null,
        };

    /// <summary>What every entry has: a condition with a value that is not denied.</summary>
    public static IEnumerable<Term> Surely(Condition? condition) =>
        condition switch
        {
            Term { Relation: Relation.Is } term => [term],
            All all => all.Of.SelectMany(Surely),
            _ => [],
        };

    private Plan Bind()
    {
        var settings = search.Settings;
        var knownAt = settings.KnownAt is { } moment ? Date(moment, ends: false) : null;
        var from = settings.From is { } begins ? Date(begins, ends: false) : null;
        var to = settings.To is { } ends ? Date(ends, ends: true) : null;
        if (from > to)
            Wrong(settings.From!.Spot, $"This is {from:u}, after the end, {to:u}. Nothing can be found.");
        if (settings.From is null && !Surely(search.Where).Any(term => Narrow.Contains(term.Field)))
            (from, to) = Window(knownAt ?? known.Now, to);
        return new Plan(search.Where, from, to, knownAt, settings.Recorded, SeenBy(settings), known.Incidents)
        {
            Hidden = known.Hidden,
        };
    }

    private Seeing? SeenBy(Settings settings)
    {
        if (settings.KnownAt is { } then && search.Pipes.Any(pipe => pipe is Causal))
            Wrong(then.Spot, "What led to what is told as it is known now. Leave out 'knownAt'.");
        if (settings.SeenBy is not { } who)
            return null;
        var incident = Named();
        if (who.Match != Match.Exactly || !Seen.IsUnderstood(who.Text))
            Wrong(who.Spot, $"'{who.Text}' is nobody. {Seen.Accepted}", "ana", "role/commander", "public");
        else if (incident is null)
            Wrong(who.Spot, "Who had seen what is known of an incident. Name one.", "incident:INC-7");
        return new Seeing(who.Text, incident ?? "");
    }

    /// <summary>The one incident that every entry surely belongs to.</summary>
    private string? Named() =>
        Surely(search.Where).Where(term => term.Field == "incident").ToList() is [{ Values: [Word incident] }]
            ? incident.Text
            : null;

    private static (DateTimeOffset?, DateTimeOffset?) Window(DateTimeOffset now, DateTimeOffset? to) =>
        (Add(to ?? now, -Usual), to ?? now);

    private DateTimeOffset? Date(When when, bool ends)
    {
        if (when.At is { } at)
            return at;
        if (when.Anchor == When.Now)
            return Add(known.Now, when.Offset);
        if (Named() is not { } incident)
        {
            Wrong(when.Spot, $"'{when.Anchor}' is a moment of an incident. Name one.", "incident:INC-7");
            return null;
        }

        var moments = known.Incidents[incident].Moments;
        if (moments.TryGetValue(Fields.Moments[when.Anchor!], out var moment))
            return Add(moment, when.Offset);
        // What is not over goes on until now.
        if (ends)
            return Add(known.Now, when.Offset);
        var could = Fields.Moments.Where(one => moments.ContainsKey(one.Value)).Select(one => one.Key);
        Wrong(when.Spot, $"'{when.Anchor}' of {incident} is not known.", [.. could]);
        return null;
    }

    private static DateTimeOffset Add(DateTimeOffset moment, TimeSpan offset) =>
        offset < TimeSpan.Zero
            ? moment - DateTimeOffset.MinValue > -offset
                ? moment + offset
                : DateTimeOffset.MinValue
            : DateTimeOffset.MaxValue - moment > offset
                ? moment + offset
                : DateTimeOffset.MaxValue;

    private void Wrong(Spot spot, string message, params ReadOnlySpan<string> expected) =>
        mistakes.Add(Scanner.At(text, spot, message, expected.ToArray()));
}
