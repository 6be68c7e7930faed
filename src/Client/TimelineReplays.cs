using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Client;

/// <summary>What is to be replayed, and how.</summary>
/// <param name="Query">A query; an incident is <c>incident:INC-7</c>.</param>
/// <param name="Speed">Seconds of the story in a second, 1 to 3600.</param>
/// <param name="Lane">One lane; both when absent.</param>
/// <param name="SkipIdle">Whether stretches in which nothing changes are passed over.</param>
public sealed record ReplayWish(
    string Query,
    int Speed = 60,
    ReplayLane? Lane = null,
    bool SkipIdle = true,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
);

/// <summary>One event of a replay.</summary>
/// <param name="Id">What to give to go on after it.</param>
/// <param name="Type"><c>hello</c>, <c>entry</c>, <c>clock</c>, <c>skip</c> or <c>end</c>.</param>
/// <param name="Data">A <see cref="ReplayHello"/>, <see cref="ReplayFrame"/>, <see cref="ReplayClock"/> or <see cref="ReplaySkip"/>; the end is a clock too.</param>
public sealed record ReplayItem(string Id, string Type, object Data)
{
    public bool IsEnd => Type == "end";
}

public sealed partial class IncidentsClient
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>A replay to its end, after the event <paramref name="last"/> or from the beginning. A lost stream is opened again where it was lost.</summary>
    public async IAsyncEnumerable<ReplayItem> Replay(
        ReplayWish wish,
        string? last,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken stop = default
    )
    {
        while (true)
        {
            var isOver = true;
            await foreach (var item in api.Events(Address(wish), last, stop))
            {
                var told = Read(item);
                (last, isOver) = (told.Id, told.IsEnd);
                yield return told;
            }

            if (isOver)
                yield break;
            await Task.Delay(Again, clock, stop);
        }
    }

    /// <summary>A replay as one page that plays by itself: of what a query finds, of an incident, or of both.</summary>
    public Task<byte[]> ReplayPage(
        string? query,
        int speed,
        string? incident = null,
        CancellationToken stop = default
    ) => api.GetBytes(Query.Of("timeline/replay.html", ("q", query), ("incident", incident), ("speed", speed)), stop);

    private static string Address(ReplayWish wish) =>
        Query.Of(
            "timeline/replay",
            ("q", wish.Query),
            ("speed", wish.Speed),
            ("lane", wish.Lane is { } lane ? $"{lane}".ToLowerInvariant() : null),
            ("skip", wish.SkipIdle ? "idle" : null),
            ("from", wish.From),
            ("to", wish.To)
        );

    private static ReplayItem Read(SseItem<string> item) =>
        new(
            item.EventId!,
            item.EventType,
            item.EventType switch
            {
                "hello" => As<ReplayHello>(item.Data),
                "entry" => As<ReplayFrame>(item.Data),
                "skip" => As<ReplaySkip>(item.Data),
                _ => As<ReplayClock>(item.Data),
            }
        );

    private static T As<T>(string data) => JsonSerializer.Deserialize<T>(data, Json.Options)!;
}
