using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Safety.Blackouts;

/// <summary>Blackouts, read and declared.</summary>
public static class BlackoutPageEndpoint
{
    private const string NamePattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

    public static void Map(IEndpointRouteBuilder v1)
    {
        var blackouts = v1.MapGroup("/blackouts").WithTags("Blackouts");
        blackouts
            .MapGet("/", List)
            .RequireScope("experiments:read")
            .WithSummary("Every blackout that was not lifted, of one environment or all")
            .Produces<IReadOnlyList<BlackoutView>>();
        blackouts
            .MapGet("/{environment}/{name}", Get)
            .RequireScope("experiments:read")
            .WithSummary("One blackout")
            .Produces<BlackoutView>()
            .ProducesProblem(404);
        blackouts
            .MapPut("/{environment}/{name}", Declare)
            .RequireScope("experiments:operate")
            .WithSummary("Say that nothing may be broken on purpose in an environment for some time, or change when")
            .Produces<BlackoutView>()
            .Produces<BlackoutView>(201)
            .ProducesProblem(409);
        blackouts
            .MapPost("/{environment}/{name}/lift", Lift)
            .RequireScope("experiments:operate")
            .WithSummary("End a blackout for good")
            .Produces(204)
            .ProducesProblem(404);
    }

    /// <summary>The blackouts of an environment that were not lifted; of all when it is null.</summary>
    public static async Task<IReadOnlyList<Blackout>> Of(
        IDocumentStore store,
        string? environment,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var all = session.Query<Blackout>().Where(blackout => !blackout.Lifted);
        var those = environment is null ? all : all.Where(blackout => blackout.Environment == environment);
        return await those
            .OrderBy(blackout => blackout.Environment)
            .ThenBy(blackout => blackout.Name)
            .ToListAsync(stop);
    }

    private static async Task<IResult> List(
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop,
        string? environment = null
    )
    {
        var now = clock.GetUtcNow();
        return TypedResults.Ok((await Of(store, environment, stop)).Select(blackout => View(blackout, now)).ToList());
    }

    private static async Task<IResult> Get(
        string environment,
        string name,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    ) => (await Find(environment, name, store, clock, stop)).ToView(view => view.Version);

    private static async Task<IResult> Declare(
        [StringLength(60, MinimumLength = 1)] string environment,
        [RegularExpression(NamePattern)] string name,
        DeclareBlackout command,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var (outcome, begun) = await streams.Keep<Blackout>(
            stream.At(Blackout.IdOf(environment, name)),
            version,
            by,
            Forbidding.Declare(null, environment, name, command, by.Name, now),
            before => Forbidding.Declare(before, environment, name, command, by.Name, now),
            stop
        );
        if (begun)
            return await outcome.ToCreated(_ => $"/v1/blackouts/{environment}/{name}", _ => Show());
        return outcome is Outcome.Done ? (await Show()).ToView(view => view.Version) : outcome.ToResult();

        async Task<BlackoutView> Show() => (await Find(environment, name, store, clock, stop))!;
    }

    private static async Task<IResult> Lift(
        string environment,
        string name,
        LiftBlackout command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Blackout>(
            Blackout.IdOf(environment, name),
            version,
            by,
            blackout => Forbidding.Lift(blackout, command.Reason, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }

    private static async Task<BlackoutView?> Find(
        string environment,
        string name,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var found = await session.LoadAsync<Blackout>(Blackout.IdOf(environment, name), stop);
        return found is null ? null : View(found, clock.GetUtcNow());
    }

    private static BlackoutView View(Blackout blackout, DateTimeOffset now)
    {
        var next = BlackoutTimes.Next(blackout, now);
        return new(
            blackout.Environment,
            blackout.Name,
            blackout.Version,
            blackout.Window,
            blackout.Reason,
            blackout.Lifted,
            next?.Begins,
            next?.Ends,
            blackout.By,
            blackout.At,
            blackout.LiftedBecause
        );
    }
}
