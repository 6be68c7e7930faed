using System.Globalization;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// What cannot be so, found and explained; nothing is moved because of it. The same entries give the same contradictions
/// under the same ids, however they come in. Pure.
/// </summary>
public static class Contradictions
{
    private const int Most = 500;
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    /// <param name="entries">The timeline as it is known.</param>
    /// <param name="edges">Causes that people have stated, beside those that entries name.</param>
    /// <param name="asOf">The moment for which it is asked; a promise is broken when it has passed.</param>
    public static IReadOnlyList<ContradictionView> Find(
        IReadOnlyList<TimelineEntry> entries,
        IReadOnlyList<(Guid Cause, Guid Effect)> edges,
        DateTimeOffset asOf
    )
    {
        var standing = AtTheTime([.. entries.Where(one => one.Corrects is null)]);
        var lags = Lags.Of(standing);
        var causal = CausalRules.Find(standing, edges, lags);
        return
        [
            .. causal
                .Concat(Disagreements(standing, lags))
                .Concat(StateRules.Find(standing, lags))
                .Concat(ToldRules.Find(standing, lags, asOf))
                .DistinctBy(one => one.Id)
                .OrderBy(one => one.Claims[0].From)
                .ThenBy(one => one.Id)
                .Take(Most),
        ];
    }

    /// <summary>The id follows from what contradicts what: found again, it is the same.</summary>
    public static Guid IdOf(ContradictionKind kind, IEnumerable<Guid> entries) =>
        StableId.From([
            "contradiction",
            $"{kind}",
            .. entries.Order().Select(one => one.ToString("N", CultureInfo.InvariantCulture)),
        ]);

    internal static ContradictionView Of(
        ContradictionKind kind,
        string explanation,
        IReadOnlyList<TimelineEntry> entries,
        Lags lags,
        double likeness = 1
    ) =>
        new(
            IdOf(kind, entries.Select(one => one.Id)),
            kind,
            explanation,
            [.. entries.Select(one => ClaimOf(one, lags))],
            Math.Round((decimal)likeness, 2)
        );

    internal static string Moment(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    internal static string When(Interval time) =>
        Moment(time.From) == Moment(time.To)
            ? $"at {Moment(time.From)}"
            : $"between {Moment(time.From)} and {Moment(time.To)}";

    // An incident that was declared here long after all that its accounts tell was written down afterwards: what it did itself
    // then says nothing of when things happened.
    private static IReadOnlyList<TimelineEntry> AtTheTime(IReadOnlyList<TimelineEntry> standing)
    {
        var told = standing.Where(one => Accounts.IsTold(one) && !Accounts.IsNote(one)).ToList();
        var declared = standing.FirstOrDefault(one => one.Kind == "incident-declared");
        return declared is not null && told.Count > 0 && declared.OccurredAt - told.Max(one => one.OccurredAt) > Long
            ? [.. standing.Where(one => !Accounts.IsAct(one))]
            : standing;
    }

    private static Claim ClaimOf(TimelineEntry entry, Lags lags)
    {
        var time = lags.Of(entry);
        return new Claim(entry.Id, Accounts.Of(entry), Accounts.PersonOf(entry), time.From, time.To, entry.Text);
    }

    private static IEnumerable<ContradictionView> Disagreements(IReadOnlyList<TimelineEntry> entries, Lags lags)
    {
        foreach (var (first, second, likeness, fact) in SameFact.Find(entries))
        {
            TimelineEntry[] both = lags.Of(second).From < lags.Of(first).From ? [second, first] : [first, second];
            var (one, other) = (both[0], both[1]);
            var (early, late) = (lags.Of(one), lags.Of(other));
            var people = People(one, other);
            if (early.IsApartFrom(late))
                yield return Of(
                    ContradictionKind.DifferentTimes,
                    $"{Named(fact, one)}: {Accounts.Of(one)} dates it {When(early)}, {Accounts.Of(other)} {When(late)}; "
                        + $"there are {Length(late.From - early.To)} between them.{(people is null ? "" : $" And {people}")}",
                    both,
                    lags,
                    likeness
                );
            else if (people is not null)
                yield return Of(
                    ContradictionKind.DifferentPeople,
                    $"{Named(fact, one)}: {people}",
                    both,
                    lags,
                    likeness
                );
        }
    }

    private static string? People(TimelineEntry one, TimelineEntry other) =>
        Accounts.PersonOf(one) is { } first && Accounts.PersonOf(other) is { } second && first != second
            ? $"{Accounts.Of(one)} says that {first} did it, {Accounts.Of(other)} that it was {second}."
            : null;

    private static string Named(string? fact, TimelineEntry entry) =>
        fact is { } name ? $"\"{name}\"" : $"\"{entry.Text}\"";

    private static string Length(TimeSpan time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{(int)time.TotalMinutes} min" : $"{time.TotalSeconds:0.#} s")}"
        );
}

/// <summary>What causes and effects say against the clocks and against each other. Pure.</summary>
internal static class CausalRules
{
    public static IEnumerable<ContradictionView> Find(
        IReadOnlyList<TimelineEntry> entries,
        IReadOnlyList<(Guid Cause, Guid Effect)> stated,
        Lags lags
    )
    {
        var at = new Dictionary<Guid, int>();
        for (var i = 0; i < entries.Count; i++)
            at[entries[i].Id] = i;
        var edges = entries
            .SelectMany(effect => (effect.Causes ?? []).Select(cause => (Cause: cause, Effect: effect.Id)))
            .Concat(stated)
            .Where(edge => edge.Cause != edge.Effect && at.ContainsKey(edge.Cause) && at.ContainsKey(edge.Effect))
            .Select(edge => (From: at[edge.Cause], To: at[edge.Effect]))
            .Distinct()
            .ToList();
        foreach (var (from, to) in edges)
        {
            var (cause, effect) = (entries[from], entries[to]);
            if (lags.Of(effect).IsSurelyBefore(lags.Of(cause)))
                yield return Contradictions.Of(
                    ContradictionKind.EffectBeforeCause,
                    $"\"{effect.Text}\" happened {Contradictions.When(lags.Of(effect))}, surely before what is said to have caused it: "
                        + $"\"{cause.Text}\", {Contradictions.When(lags.Of(cause))}.",
                    [effect, cause],
                    lags
                );
        }

        var group = Cycles.Components(entries.Count, edges);
        foreach (
            var circle in Cycles
                .Inside(entries.Count, edges)
                .SelectMany(edge => new[] { edge.Item1, edge.Item2 })
                .Distinct()
                .GroupBy(node => group[node])
        )
        {
            var members = circle.Select(i => entries[i]).OrderBy(one => one.OccurredAt).ThenBy(one => one.Id).ToList();
            yield return Contradictions.Of(
                ContradictionKind.CausalCycle,
                $"These are said to have caused each other in a circle: {string.Join("; ", members.Select(one => $"\"{one.Text}\""))}.",
                members,
                lags
            );
        }
    }
}
