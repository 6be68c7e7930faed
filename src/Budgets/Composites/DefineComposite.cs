using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Composites;

/// <summary>A composite changes by its whole definition; the same again changes nothing. Pure.</summary>
public static class Composing
{
    public static Decision Decide(
        Composite? composite,
        string name,
        DefineComposite terms,
        string by,
        DateTimeOffset now
    ) =>
        composite is { Retired: false } && Text(composite.Terms) == Text(terms)
            ? []
            : [new CompositeDefined(name, terms, by, now)];

    public static Decision Retire(Composite composite, string by, DateTimeOffset now) =>
        composite.Retired ? [] : [new CompositeRetired(composite.Name, by, now)];

    // Records compare lists by identity, so definitions are compared as they are written.
    private static string Text(DefineComposite terms) => JsonSerializer.Serialize(terms);
}

public static class DefineCompositeEndpoint
{
    private const string Refused = "The composite was refused and nothing was stored. Repair what 'findings' lists.";
    private const string Example = """
        {"displayName":"People can buy","service":"shop","target":0.998,"window":"28d","graph":{"kind":"serial","parts":[
         {"kind":"objective","objective":"checkout-availability"},
         {"kind":"parallel","parts":[{"kind":"objective","objective":"cards"},{"kind":"objective","objective":"invoices"}]}]}}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/composites/{name}", Put)
            .RequireScope("budgets:write")
            .Produces<CompositeStatus>()
            .WithTags("Composites")
            .WithSummary(
                "Defines a composite of objectives, or revises it; says whether its target is above what it stands on."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapDelete("/composites/{name}", Retire)
            .RequireScope("budgets:write")
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Composites")
            .WithSummary("Retires a composite; its events stay.");
    }

    private static async Task<IResult> Put(
        string name,
        DefineComposite terms,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        CompositeReader reader,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var known = await session.Query<Budget>().Select(budget => budget.Name).ToListAsync(stop);
        if (CompositeCheck.Of(name, terms, known.ToHashSet()) is { Count: > 0 } findings)
            return Edges.Invalid("composite-invalid", Refused, findings);
        var (id, now) = (Composite.IdOf(name), clock.Moment());
        Decision Decide(Composite? composite) => Composing.Decide(composite, name, terms, by.Name, now);
        version = await Begun(id, version, session, stop);
        var outcome = await streams.Decide<Composite>(id, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = await streams.Start<Composite>(NewStream.Of(id), by, Decide(null), stop);
        // Another one started it in between.
        if (outcome is Outcome.Taken or Outcome.Repeated)
            outcome = await streams.Decide<Composite>(id, version, by, Decide, stop);
        if (outcome is not Outcome.Done)
            return outcome.ToResult();
        var composite = (await session.LoadAsync<Composite>(id, stop))!;
        return (await reader.Whole(composite, session, now, stop)).ToView(view => view.Version);
    }

    // Whoever reads finds nothing where one was retired, so that nothing is there yet for whoever writes.
    private static async Task<ExpectedVersion> Begun(
        Guid id,
        ExpectedVersion version,
        IQuerySession session,
        CancellationToken stop
    ) =>
        version.Version is 0 && await session.LoadAsync<Composite>(id, stop) is { Retired: true } retired
            ? new ExpectedVersion(retired.Version)
            : version;

    private static async Task<IResult> Retire(
        string name,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        return (
            await streams.Decide<Composite>(
                Composite.IdOf(name),
                version,
                by,
                composite => Composing.Retire(composite, by.Name, now),
                stop
            )
        ).ToResult();
    }
}
