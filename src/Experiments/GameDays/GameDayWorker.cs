using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;

namespace Steady.Experiments.GameDays;

/// <summary>What time alone brings about.</summary>
public static class Overdue
{
    public static Decision Decide(GameDay day, DateTimeOffset now) =>
        day.Over ? [] : [.. Escalations(day, now), .. Lapse(day, now)];

    private static IEnumerable<object> Escalations(GameDay day, DateTimeOffset now) =>
        day
            .Announcements.Where(sent => sent.Waiting.Count > 0 && sent.EscalatedAt is null && sent.DueAt <= now)
            .Select(sent => new AnnouncementEscalated(
                day.About,
                sent.Number,
                sent.Channel,
                sent.Message,
                sent.Waiting,
                sent.EscalateTo,
                now
            ));

    private static IEnumerable<object> Lapse(GameDay day, DateTimeOffset now)
    {
        if (day.Approval is { State: ApprovalState.Requested or ApprovalState.Granted } open && open.ExpiresAt <= now)
            yield return new ApprovalLapsed(day.About, now);
    }
}

/// <summary>Looks every second for announcements that nobody acknowledged and approvals that have lapsed.</summary>
public sealed class GameDayWorker(IDocumentStore store, Streams streams, TimeProvider clock, ILogger<GameDayWorker> log)
    : RepeatedWorker(TimeSpan.FromSeconds(1), clock, log)
{
    private static readonly Actor Rule = new("rule:gameday");

    protected override async Task Look(CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var now = Clock.GetUtcNow();
        foreach (var day in await session.QueryAsync<GameDay>("where data ->> 'concludedAt' is null", stop))
        {
            if (Overdue.Decide(day, now).Events.Count > 0)
                await streams.Decide<GameDay>(
                    day.Id,
                    ExpectedVersion.Any,
                    Rule,
                    state => Overdue.Decide(state, now),
                    stop
                );
        }
    }
}
