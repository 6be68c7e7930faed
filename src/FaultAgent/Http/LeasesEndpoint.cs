using System.Diagnostics;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent.Http;

/// <summary>Faults that end by themselves: placed, renewed and taken back here.</summary>
internal static class LeasesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var leases = routes.MapGroup("/leases").WithTags("Leases");
        leases.MapGet("/", List).WithSummary("All leases, live ones first");
        leases.MapGet("/{id:guid}", Show).WithSummary("One lease with what its fault has done so far");
        leases.MapPut("/{id:guid}", Place).WithSummary("Inject a fault that lives only while it is renewed");
        leases.MapPost("/{id:guid}/renew", Renew).WithSummary("Keep a live fault for another while");
        leases.MapDelete("/{id:guid}", Revert).WithSummary("Take a fault back; as good twice as once");
        leases.MapDelete("/", RevertRun).WithSummary("Take back all faults of a run");
        leases.MapPost("/revert-all", RevertAll).WithSummary("Take back every fault there is");
        routes
            .MapGet("/injectors", (InjectorList injectors) => Results.Ok(injectors.Views))
            .WithTags("Leases")
            .WithSummary("What this agent can break, how such a fault ends, and to what it may be done");
    }

    private static IResult List(LeaseBook book, Guid? runId = null) => Results.Ok(book.All(runId));

    private static async Task<IResult> Show(Guid id, LeaseBook book) =>
        await book.Find(id) is { } lease ? Results.Ok(lease) : Problem(Lease.Unknown(id));

    private static async Task<IResult> Place(Guid id, PlaceLease command, LeaseBook book, Seal seal)
    {
        if ((Lease.Check(command) ?? seal.Refuses(id, command)) is { } closed)
            return Problem(closed);
        // A trace that meets this fault can be found by the run that wanted it.
        Activity.Current?.SetTag("steady.run", command.RunId).SetTag("steady.lease", id);
        var (lease, created, refusal) = await book.Place(id, command);
        if (refusal is not null)
            return Problem(refusal);
        return created ? Results.Created($"/leases/{id}", lease) : Results.Ok(lease);
    }

    private static async Task<IResult> Renew(Guid id, RenewLease command, LeaseBook book)
    {
        var (lease, refusal) = await book.Renew(id, command);
        return refusal is null ? Results.Ok(lease) : Problem(refusal);
    }

    private static Task<IResult> Revert(Guid id, LeaseBook book) => Gone(() => book.Revert(id));

    private static Task<IResult> RevertRun(Guid runId, LeaseBook book) => Gone(() => book.RevertAll(run: runId));

    private static Task<IResult> RevertAll(LeaseBook book) => Gone(() => book.RevertAll());

    // Only what is seen to be gone is said to be gone.
    private static async Task<IResult> Gone<T>(Func<Task<T>> revert)
    {
        try
        {
            return Results.Ok(await revert());
        }
        catch (FaultStuckException stuck)
        {
            return Problem(new(502, "fault-stuck", $"{stuck.Message} It is tried again until it is; so may you."));
        }
    }

    internal static IResult Problem(Refusal refusal) =>
        Results.Problem(
            refusal.Detail,
            statusCode: refusal.Status,
            type: $"urn:steady:problem:{refusal.Code}",
            extensions: new Dictionary<string, object?>
            {
                ["code"] = refusal.Code,
                ["traceId"] = Activity.Current?.TraceId.ToString(),
            }
        );
}
