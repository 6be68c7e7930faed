using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// Who knew. An entry has been seen by a person once it was delivered to them (a page), once it was recorded where they
/// were (they had taken the incident, had a role in it or wrote in it by then), or once it was published; what had been
/// recorded before they came is there to be read when they come. <c>role/commander</c> is whoever had the role at the
/// moment; <c>public</c> is what customers were told. Pure.
/// </summary>
public static class Seen
{
    public const string Public = "public";
    public const string RolePrefix = "role/";
    public const string Accepted = "Give a person's name, role/commander (or another role), or public.";
    private const int LongestName = 200;

    /// <summary>Whether it names somebody: a person, a role that exists, or the public.</summary>
    public static bool IsUnderstood(string who) =>
        who.Length is > 0 and <= LongestName
        && (!who.StartsWith(RolePrefix, StringComparison.Ordinal) || RoleOf(who) is not null);

    /// <summary>What had been seen by a moment, in the order in which it was seen.</summary>
    public static IReadOnlyList<TimelineEntry> By(
        IReadOnlyList<TimelineEntry> entries,
        string who,
        DateTimeOffset at
    ) => [.. From(entries, who, at).Where(one => one.SeenFrom <= at).Select(one => one.Entry)];

    /// <summary>Since when each entry has been seen; what has not been seen is left out.</summary>
    /// <param name="entries">A timeline.</param>
    /// <param name="who">A person, a role or the public.</param>
    /// <param name="at">The moment for which a role is asked.</param>
    public static IReadOnlyList<SeenEntry> From(IReadOnlyList<TimelineEntry> entries, string who, DateTimeOffset at)
    {
        var story = entries.OrderBy(one => one.RecordedAt).ThenBy(one => one.Sequence).ThenBy(one => one.Id).ToList();
        if (who == Public)
            return [.. Sorted(story.Where(IsPublic).Select(one => new SeenEntry(one, one.RecordedAt, "published")))];
        if (RoleOf(who) is not { } role)
            return [.. Sorted(ByPerson(story, who))];
        return Holder(story, role, at) is { } holder ? [.. Sorted(ByPerson(story, holder))] : [];
    }

    /// <summary>Who had a role at a moment; null when nobody had.</summary>
    public static string? Holder(IEnumerable<TimelineEntry> story, string role, DateTimeOffset at)
    {
        string? holder = null;
        foreach (var entry in story.Where(one => one.RecordedAt <= at).OrderBy(one => one.RecordedAt))
            holder = entry.Kind switch
            {
                "incident-acknowledged" when role == "commander" => holder ?? entry.Actor,
                "role-assigned" or "handover-confirmed" when PersonAs(entry, role) is { } person => person,
                "role-released" when PersonAs(entry, role) is not null => null,
                _ when IsForeign(entry) && Named(entry) == role => Accounts.PersonOf(entry) ?? holder,
                _ => holder,
            };
        return holder;
    }

    /// <summary>Whether customers were told it.</summary>
    public static bool IsPublic(TimelineEntry entry) =>
        Sorts.Of(entry) is "comms"
        && entry.Kind != "update-overdue"
        && entry.Labels?.GetValueOrDefault(WorkSentences.AudienceLabel) is null or "customers" or "public";

    private static bool IsForeign(TimelineEntry entry) => Accounts.IsTold(entry) && Sorts.Of(entry) == "role";

    private static string Named(TimelineEntry entry) =>
        entry.Labels?.GetValueOrDefault("role")?.Replace('-', ' ').ToLowerInvariant() ?? "commander";

    private static IEnumerable<SeenEntry> ByPerson(IReadOnlyList<TimelineEntry> story, string person)
    {
        var came = story.FirstOrDefault(one => IsThere(one, person))?.RecordedAt;
        var pages = story.Where(one => IsDelivered(one, person)).ToList();
        foreach (var entry in story)
        {
            if (entry.Actor == person || Accounts.PersonOf(entry) == person)
                yield return new SeenEntry(entry, entry.RecordedAt, "their own words");
            else if (came <= entry.RecordedAt)
                yield return new SeenEntry(entry, entry.RecordedAt, "they were there");
            else if (PageFor(pages, entry) is { } page && !(came <= page))
                yield return new SeenEntry(entry, page, "delivered to them");
            else if (IsPublic(entry))
                yield return new SeenEntry(entry, entry.RecordedAt, "published");
            else if (came is { } since)
                yield return new SeenEntry(entry, since, "there to be read when they came");
        }
    }

    // Who takes it, has a role in it or writes in it is where the timeline is.
    private static bool IsThere(TimelineEntry entry, string person) =>
        (entry.Kind is "role-assigned" or "handover-confirmed" && IsAbout(entry, person))
        || (Accounts.IsTold(entry) && Accounts.PersonOf(entry) == person)
        || (entry.Actor == person && (entry.Kind == "note-added" || IsOwnAct(entry)));

    private static bool IsOwnAct(TimelineEntry entry) => entry.IncidentId is not null && !Accounts.IsTold(entry);

    private static bool IsDelivered(TimelineEntry entry, string person) =>
        entry.Kind == "page-attempted"
        && IsAbout(entry, person)
        && entry.Labels?.GetValueOrDefault(PagingSentences.Delivered) == "true";

    private static bool IsAbout(TimelineEntry entry, string person) =>
        entry.Labels?.GetValueOrDefault(WorkSentences.PersonLabel) == person;

    // A page that got through tells of itself and of what it is about: the incident's declaration and its alert.
    private static DateTimeOffset? PageFor(IReadOnlyList<TimelineEntry> pages, TimelineEntry entry) =>
        pages
            .Where(page =>
                page.Id == entry.Id || (Sorts.Of(entry) is "declare" or "alert" && page.RecordedAt >= entry.RecordedAt)
            )
            .Select(page => (DateTimeOffset?)page.RecordedAt)
            .FirstOrDefault();

    private static IEnumerable<SeenEntry> Sorted(IEnumerable<SeenEntry> seen) =>
        seen.OrderBy(one => one.SeenFrom).ThenBy(one => one.Entry.Sequence).ThenBy(one => one.Entry.Id);

    private static string? RoleOf(string who) =>
        who.StartsWith(RolePrefix, StringComparison.Ordinal)
        && who[RolePrefix.Length..].Replace('-', ' ').ToLowerInvariant() is var role
        && Roles.Contains(role)
            ? role
            : null;

    // Who gets or gives up this role by an entry of the platform's own.
    private static string? PersonAs(TimelineEntry entry, string role) =>
        entry.Labels is { } labels && labels.GetValueOrDefault(WorkSentences.RoleLabel) == role
            ? labels.GetValueOrDefault(WorkSentences.PersonLabel)
            : null;

    private static readonly HashSet<string> Roles = [.. Enum.GetValues<IncidentRole>().Select(Response.Staffing.Name)];
}
