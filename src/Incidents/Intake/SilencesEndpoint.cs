using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>What may be quiet for a while.</summary>
public static class SilencesEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/silences", List)
            .WithTags("Alerts")
            .WithSummary("Silences that are not over, soonest end first; all=true lists those that are, newest first")
            .Produces<Page<SilenceView>>();
        read.MapGet("/silences/{id:guid}", Show).WithTags("Alerts").WithSummary("One silence").Produces<SilenceView>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/silences", Set)
            .WithTags("Alerts")
            .WithSummary("Lets alerts that match declare nothing for a while")
            .Produces<SilenceView>(StatusCodes.Status201Created);
        write
            .MapPost("/silences/{id:guid}/end", End)
            .WithTags("Alerts")
            .WithSummary("Ends a silence before its time; what still fires is told")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Those that are not over.</summary>
    public static Task<IReadOnlyList<Silence>> Current(
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    ) => session.Query<Silence>().Where(one => one.Until > now).OrderBy(one => one.Until).ToListAsync(stop);

    private static async Task<IResult> List(
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        bool all = false,
        string? after = null,
        [Range(1, 500)] int limit = 100
    )
    {
        var now = clock.GetUtcNow();
        if (!all)
            return TypedResults.Ok(
                new Page<SilenceView>([.. (await Current(session, now, stop)).Select(one => one.View(now))], null)
            );
        var (condition, values) = ("", new List<object>());
        if (after is not null)
        {
            if (MomentCursor.Read(after) is not var (at, id))
                return Answers.Problem(
                    400,
                    "malformed",
                    $"'after={after}' is not understood. Give the 'next' of the page before."
                );
            condition = "where (d.until, d.id) < (?, ?) ";
            values.AddRange([at, id]);
        }

        values.Add(limit + 1);
        var found = await session.QueryAsync<Silence>(
            $"{condition}order by d.until desc, d.id desc limit ?",
            stop,
            [.. values]
        );
        var items = found.Take(limit).ToList();
        var next = found.Count > limit ? MomentCursor.Of(items[^1].Until, items[^1].Id) : null;
        return TypedResults.Ok(new Page<SilenceView>([.. items.Select(one => one.View(now))], next));
    }

    private static async Task<IResult> Show(
        Guid id,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        (await session.LoadAsync<Silence>(id, stop))?.View(clock.GetUtcNow()).ToView(view => view.Version)
        ?? Answers.Missing();

    private static async Task<IResult> Set(
        NewStream stream,
        SetSilence command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        // As exact as the store is, so that a list can be continued from any of them.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        if (Silencing.Check(command, now).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed(
                $"The silence cannot be made so; nothing was changed. {wrong[0].Field}: {wrong[0].Message}",
                wrong
            );
        var outcome = await streams.Start<Silence>(stream, by, [Silencing.Set(command, by.Name, now)], stop);
        return await outcome.ToCreated(
            id => $"/v1/silences/{id}",
            async id => (await session.LoadAsync<Silence>(id, stop))!.View(now)
        );
    }

    private static async Task<IResult> End(
        Guid id,
        EndSilence command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return (
            await streams.Decide<Silence>(
                id,
                version,
                by,
                one => Silencing.End(one, command.Reason, by.Name, now),
                stop
            )
        ).ToResult();
    }
}
