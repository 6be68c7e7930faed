using System.Security.Cryptography;
using System.Text;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Puts a timeline's page together, and its picture.</summary>
public sealed class TimelineReader(TimeProvider clock)
{
    private readonly TimelineMemory memory = new();

    // What one answer may hold, and how many answers are read for one picture: twelve and a half thousand entries.
    private const int AtOnce = 2_500;
    private const int MostAnswers = 5;

    // Without script the page is a list; with it the picture brings all of them.
    private const int Listed = 100;
    private const int Depth = 3;
    private const int Candidates = 40;

    public async Task<TimelineModel> Read(Apis apis, TimelineAddress address, Refused? refused, CancellationToken stop)
    {
        var incident = Incident(apis, address, stop);
        var state = State(apis, address, stop);
        var contradictions = Contradictions(apis, address, stop);
        var views = Answer.Of(apis.Incidents.Views(stop));
        var entry = Entry(apis, address, stop);
        var (answer, wrong) = await Ask(apis, address, stop);
        return new TimelineModel(
            address,
            await incident,
            answer,
            wrong,
            await state,
            await contradictions,
            await entry,
            (await views).Value?.Items ?? [],
            clock.GetUtcNow(),
            apis.May("incidents:write"),
            apis.May("admin"),
            refused
        );
    }

    /// <summary>Everything for the picture, up to twelve and a half thousand entries.</summary>
    /// <param name="tag">What <see cref="Tag"/> says; under it the picture is remembered for whoever asks again.</param>
    public async Task<TimelineColumns> Columns(Apis apis, TimelineAddress address, string? tag, CancellationToken stop)
    {
        var incident = await Incident(apis, address, stop);
        // Whoever reads of a private one is written down by the service that is asked; what a query finds depends on when it is asked.
        var kept = incident is { Private: false } && address.Query.Length == 0 ? tag : null;
        var name = $"{apis.Viewer} {address.Columns}";
        var picture = memory.Find(name, kept) ?? await Draw(apis, address, incident, stop);
        memory.Keep(name, kept, picture);
        return picture.Columns.Until(incident, picture.Telling, clock.GetUtcNow());
    }

    private async Task<TimelinePicture> Draw(
        Apis apis,
        TimelineAddress address,
        IncidentView? incident,
        CancellationToken stop
    )
    {
        var contradictions = Contradictions(apis, address, stop);
        var newest = address.At is null ? null : All(apis, address with { At = null }, stop);
        var (known, more) = await All(apis, address, stop);
        var later = newest is null ? [] : (await newest).Entries;
        return new TimelinePicture(
            TimelineColumns.Of(
                known,
                later,
                incident,
                (await contradictions)?.Value?.Items ?? [],
                clock.GetUtcNow(),
                more
            ),
            TimelineColumns.Telling(known, later, incident)
        );
    }

    /// <summary>One entry as it was known then.</summary>
    public static async Task<NamedEntry> Named(
        Apis apis,
        TimelineAddress address,
        Guid entry,
        CancellationToken stop
    ) => NamedEntry.Of(As(await apis.Incidents.EntryVersions(entry, stop), address.At));

    /// <summary>What happened in a tick of the picture, with what it is found by in it.</summary>
    public static async Task<IReadOnlyList<NamedEntry>> Named(
        Apis apis,
        TimelineAddress address,
        long on,
        int during,
        CancellationToken stop
    )
    {
        var last = Math.Clamp(during, 1, 1_000) - 1;
        if (on < 0 || on > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - last)
            return [];
        var (from, to) = (Moment(on), Moment(on + last).AddTicks(TimeSpan.TicksPerMillisecond - 1));
        var query = $"from:{Words.Iso(from)} to:{Words.Iso(to)}";
        var (entries, _) = await All(apis, address with { Query = query }, stop);
        return
        [
            .. entries
                .Where(entry => entry.OccurredAt >= from && entry.OccurredAt <= to)
                .OrderBy(entry => entry.OccurredAt)
                .ThenBy(entry => entry.RecordedAt)
                .Select(NamedEntry.Of),
        ];
    }

    // What was not known then is shown as it is known now.
    private static TimelineEntry As(EntryHistory history, DateTimeOffset? at) =>
        history.Versions.Select(version => version.Entry).LastOrDefault(entry => entry.RecordedAt <= at)
        ?? history.Versions[^1].Entry;

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>
    /// What changes whenever the picture does: each correction and each ruling is an entry of its own. What a query finds may be the same although
    /// it changes: something was written elsewhere. Null for a query with pipes, of which nothing can be said.
    /// </summary>
    public static async Task<string?> Tag(Apis apis, TimelineAddress address, CancellationToken stop)
    {
        if (address.Query.Contains('|', StringComparison.Ordinal))
            return null;
        var said = address is { Incident: { } incident, Query: "" }
            ? $"{(await apis.Incidents.State(incident, stop: stop)).Revision}"
            : await Counted(apis, address, stop);
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{said}@{address.At:O}")).AsSpan(0, 12))}\"";
    }

    private static async Task<string> Counted(Apis apis, TimelineAddress address, CancellationToken stop)
    {
        var counting = address with { Query = $"{address.Query} | count by kind".Trim(), At = null };
        var answer = await Page(apis, counting, 1, null, stop);
        var counts = (answer.Counts ?? []).Select(count => $"{count.Key}={count.Count}").Order(StringComparer.Ordinal);
        // The last day loses one and gains another of the same kind: as many as before are not the same.
        return $"{string.Join(';', counts)} {answer.KnownThrough:O}";
    }

    /// <summary>How the incident stood; null where no single one is looked at.</summary>
    public static async Task<IncidentState?> State(Apis apis, TimelineAddress address, CancellationToken stop) =>
        address.Incident is { } incident ? await apis.Incidents.State(incident, address.At, address.At, stop) : null;

    private static async Task<IncidentView?> Incident(Apis apis, TimelineAddress address, CancellationToken stop) =>
        address.Incident is { } incident ? await apis.Incidents.Get(incident, stop) : null;

    private static async Task<Answer<ContradictionList>?> Contradictions(
        Apis apis,
        TimelineAddress address,
        CancellationToken stop
    ) =>
        address.Incident is { } incident
            ? await Answer.Of(apis.Incidents.Contradictions(incident, address.At, stop))
            : null;

    private static async Task<Answer<EntryModel>?> Entry(Apis apis, TimelineAddress address, CancellationToken stop)
    {
        if (address.Entry is not { } id)
            return null;
        var (causes, effects) = (
            Answer.Of(apis.Incidents.Causes(id, Depth, stop)),
            Answer.Of(apis.Incidents.Effects(id, Depth, stop))
        );
        var history = await Answer.Of(apis.Incidents.EntryVersions(id, stop));
        var (led, followed) = ((await causes).Value, (await effects).Value);
        if (history.Value is not { } versions)
            return new Answer<EntryModel>(null, history.Trouble);
        var before = await Before(apis, address, versions.Versions[^1].Entry, stop);
        return new Answer<EntryModel>(new EntryModel(versions, led, followed, before), null);
    }

    // What could have led to an entry, newest first; asked only where somebody may say so.
    private static async Task<IReadOnlyList<TimelineEntry>> Before(
        Apis apis,
        TimelineAddress address,
        TimelineEntry entry,
        CancellationToken stop
    )
    {
        if (address.At is not null || !apis.May("incidents:write"))
            return [];
        var where = address.Incident is null ? $"service:({string.Join(',', entry.Services.Select(Quoted))}) " : "";
        var asked = apis.Incidents.Ask(
            $"{where}to:{Words.Iso(entry.OccurredAt)} | last {Candidates}",
            limit: Candidates,
            incident: address.Incident,
            stop: stop
        );
        return [.. ((await Answer.Of(asked)).Value?.Items ?? []).Where(one => one.Id != entry.Id).Reverse()];
    }

    private static string Quoted(string name) => $"\"{name}\"";

    private static async Task<(TimelineAnswer? Answer, ProblemException? Wrong)> Ask(
        Apis apis,
        TimelineAddress address,
        CancellationToken stop
    )
    {
        try
        {
            return (await Page(apis, address, Listed, null, stop), null);
        }
        catch (ProblemException problem) when (problem.Status is 400 or 422)
        {
            return (null, problem);
        }
    }

    private static async Task<(IReadOnlyList<TimelineEntry> Entries, bool More)> All(
        Apis apis,
        TimelineAddress address,
        CancellationToken stop
    )
    {
        var entries = new List<TimelineEntry>();
        string? next = null;
        for (var answer = 0; answer < MostAnswers && (answer == 0 || next is not null); answer++)
        {
            var page = await Page(apis, address, AtOnce, next, stop);
            entries.AddRange(page.Items);
            next = page.Next;
        }

        return (entries, next is not null);
    }

    private static Task<TimelineAnswer> Page(
        Apis apis,
        TimelineAddress address,
        int limit,
        string? after,
        CancellationToken stop
    ) =>
        apis.Incidents.Ask(
            address.Query,
            knownAt: address.At,
            limit: limit,
            after: after,
            incident: address.Incident,
            stop: stop
        );
}
