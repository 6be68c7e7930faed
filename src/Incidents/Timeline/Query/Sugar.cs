namespace Steady.Incidents.Timeline.Query;

/// <summary>What is asked for beside the query: each is another spelling of a condition.</summary>
public sealed record Beside(
    string? Incident = null,
    string? Service = null,
    string? Schedule = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    DateTimeOffset? KnownAt = null,
    string? SeenBy = null
);

/// <summary>Puts what stands beside a query into it. Pure.</summary>
public static class Sugar
{
    /// <summary>The setting that is said in the query and beside it; null when none is.</summary>
    public static string? Twice(Search search, Beside beside) =>
        search.Settings switch
        {
            { From: not null } when beside.From is not null => Fields.From,
            { To: not null } when beside.To is not null => Fields.To,
            { KnownAt: not null } when beside.KnownAt is not null => Fields.KnownAt,
            { SeenBy: not null } when beside.SeenBy is not null => Fields.SeenBy,
            _ => null,
        };

    public static Search Add(Search search, Beside beside)
    {
        Condition[] terms =
        [
            .. Term("incident", beside.Incident),
            .. Term("service", beside.Service),
            .. Term("schedule", beside.Schedule),
        ];
        Condition? where = (terms, search.Where) switch
        {
            ([], var own) => own,
            ([var one], null) => one,
            (_, null) => new All(new Many<Condition>(terms)),
            (_, All own) => new All(new Many<Condition>([.. terms, .. own.Of])),
            (_, var own) => new All(new Many<Condition>([.. terms, own])),
        };
        var settings = search.Settings;
        return search with
        {
            Where = where,
            Settings = settings with
            {
                From = At(beside.From) ?? settings.From,
                To = At(beside.To) ?? settings.To,
                KnownAt = At(beside.KnownAt) ?? settings.KnownAt,
                SeenBy = beside.SeenBy is { } who ? new Word(who) : settings.SeenBy,
            },
        };
    }

    private static IEnumerable<Condition> Term(string field, string? value) =>
        value is null ? [] : [new Term(field, Relation.Is, [new Word(value)])];

    private static When? At(DateTimeOffset? moment) =>
        moment is { } at ? new When(null, at.ToUniversalTime(), TimeSpan.Zero) : null;
}
