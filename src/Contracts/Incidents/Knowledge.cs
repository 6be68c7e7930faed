namespace Steady.Contracts.Incidents;

/// <summary>One fact of an incident, and who knew of it when.</summary>
/// <param name="Entry">The entry that tells it first.</param>
/// <param name="Category">What sort of thing it is.</param>
/// <param name="Text">In the words of that entry.</param>
/// <param name="TrueFrom">When it was so, at the earliest that any account says.</param>
/// <param name="KnownFrom">When it was recorded first.</param>
/// <param name="WrittenFrom">When a source says it wrote it down first; null when none says so.</param>
/// <param name="ColleaguesFrom">When colleagues were told; null while they have not been.</param>
/// <param name="CustomersFrom">When customers were told; null while they have not been.</param>
/// <param name="ToldBy">The entry that told customers, or else colleagues.</param>
/// <param name="Retold">The entries that tell the same.</param>
public sealed record KnownFact(
    Guid Entry,
    string Category,
    string Text,
    DateTimeOffset TrueFrom,
    DateTimeOffset KnownFrom,
    DateTimeOffset? WrittenFrom,
    DateTimeOffset? ColleaguesFrom,
    DateTimeOffset? CustomersFrom,
    Guid? ToldBy,
    IReadOnlyList<Guid> Retold
);

/// <summary>The gap between what was true, what was known and what others were told.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="KnownAt">As it was known then; null for now.</param>
/// <param name="Facts">In the order in which they came to be true.</param>
/// <param name="LongestUnknownSeconds">The longest that anything was true and not recorded; null without facts.</param>
/// <param name="FirstToldCustomersSeconds">From the first fact's being true until customers heard anything; null while they have not.</param>
/// <param name="Untold">How many facts customers have not been told.</param>
/// <param name="Whole">False when there are more entries than are looked at.</param>
public sealed record KnowledgeGap(
    Guid Incident,
    DateTimeOffset? KnownAt,
    IReadOnlyList<KnownFact> Facts,
    long? LongestUnknownSeconds,
    long? FirstToldCustomersSeconds,
    int Untold,
    bool Whole
);

/// <summary>An entry, and since when somebody has seen it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="SeenFrom">Since when.</param>
/// <param name="Why">How it came to them.</param>
public sealed record SeenEntry(TimelineEntry Entry, DateTimeOffset SeenFrom, string Why);

/// <summary>How an incident stood at a moment, as far as it was known at another one.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="At">The moment.</param>
/// <param name="KnownAt">By what had been recorded then.</param>
/// <param name="Status">Its status; null before it was declared, or while that was not known.</param>
/// <param name="Severity">Its severity; null before that.</param>
/// <param name="Roles">Who had which role.</param>
/// <param name="IsMitigated">Whether users no longer suffered.</param>
/// <param name="MitigatedAt">Since when; null while they did.</param>
/// <param name="OpenTasks">What was to be done.</param>
/// <param name="NextUpdateDueAt">Until when stakeholders were to hear more.</param>
/// <param name="Moments">The moments of the incident that had come, with when they were.</param>
/// <param name="Entries">How many entries of the timeline had happened and were known.</param>
/// <param name="Told">What the latest entries from outside say of severity and roles, by the labels <c>severity</c> and <c>role</c>.</param>
/// <param name="MissedForecasts">Promises whose moment had passed without what they promised.</param>
/// <param name="Revision">Another number once anything has been written to the timeline, amended or redacted; it says nothing else.</param>
public sealed record IncidentState(
    Guid Incident,
    DateTimeOffset At,
    DateTimeOffset KnownAt,
    IncidentStatus? Status,
    Severity? Severity,
    IReadOnlyList<RoleHolder> Roles,
    bool IsMitigated,
    DateTimeOffset? MitigatedAt,
    IReadOnlyList<IncidentTask> OpenTasks,
    DateTimeOffset? NextUpdateDueAt,
    IReadOnlyDictionary<IncidentMoment, DateTimeOffset> Moments,
    int Entries,
    IReadOnlyDictionary<string, string> Told,
    IReadOnlyList<ContradictionView> MissedForecasts,
    long Revision = 0
);
