using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Objectives;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Spending;

/// <summary>Whose a service is, and how what it spends is put down to causes. Pure.</summary>
public static class Describing
{
    public static Decision Name(
        ServiceProfile? profile,
        string service,
        NameTeam command,
        string by,
        DateTimeOffset now
    ) => profile?.Team == command.Team ? [] : [new TeamNamed(service, command.Team, by, now)];

    public static Decision Tune(
        ServiceProfile? profile,
        string service,
        TuneAttribution command,
        string by,
        DateTimeOffset now
    )
    {
        var order = command.Order ?? ServiceProfile.Order;
        if (!order.Order().SequenceEqual(ServiceProfile.Order.Order()))
            return new Refusal("order-invalid", "The order names run, incident, deploy and team, each exactly once.");
        var terms = command with { Order = order };
        var same =
            profile is not null
            && profile.Attribution with { Order = null } == terms with { Order = null }
            && profile.Attribution.Order!.SequenceEqual(order);
        return same ? [] : [new AttributionTuned(service, terms, by, now)];
    }
}

public static class DescribeServiceEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/services/{service}/team", Name)
            .RequireScope("budgets:write")
            .Produces<ServiceView>()
            .WithTags("Spending")
            .WithSummary("Says which team a service belongs to.")
            .WithExample("application/json", JsonNode.Parse("""{"team":"payments"}""")!);
        routes
            .MapPut("/services/{service}/attribution", Tune)
            .RequireScope("budgets:write")
            .Produces<ServiceView>()
            .WithTags("Spending")
            .WithSummary("Says how what a service spends is put down to causes.")
            .WithExample(
                "application/json",
                JsonNode.Parse("""{"backgroundRate":0.0002,"deployMinutes":60,"environments":"prod*"}""")!
            );
        routes
            .MapGet("/services/{service}", Read)
            .RequireScope("budgets:read")
            .Produces<ServiceView>()
            .WithTags("Spending")
            .WithSummary("Shows a service's team and how what it spends is put down to causes.");
    }

    private static Task<IResult> Name(
        string service,
        NameTeam command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        return Change(
            service,
            profile => Describing.Name(profile, service, command, by.Name, now),
            by,
            streams,
            session,
            stop
        );
    }

    private static Task<IResult> Tune(
        string service,
        TuneAttribution command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        return Change(
            service,
            profile => Describing.Tune(profile, service, command, by.Name, now),
            by,
            streams,
            session,
            stop
        );
    }

    private static async Task<IResult> Change(
        string service,
        Func<ServiceProfile?, Decision> decide,
        Actor by,
        Streams streams,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var id = ServiceProfile.IdOf(service);
        var outcome = await streams.Decide<ServiceProfile>(id, ExpectedVersion.Any, by, decide, stop);
        if (outcome is Outcome.Missing)
            outcome = await streams.Start<ServiceProfile>(NewStream.Of(id), by, decide(null), stop);
        // Another one started it in between.
        if (outcome is Outcome.Taken or Outcome.Repeated)
            outcome = await streams.Decide<ServiceProfile>(id, ExpectedVersion.Any, by, decide, stop);
        return outcome is Outcome.Done
            ? TypedResults.Ok((await session.LoadAsync<ServiceProfile>(id, stop))!.View())
            : outcome.ToResult();
    }

    private static async Task<IResult> Read(string service, IQuerySession session, CancellationToken stop)
    {
        var profile = await session.LoadAsync<ServiceProfile>(ServiceProfile.IdOf(service), stop);
        var view = (profile ?? new ServiceProfile { Service = service }).View();
        return TypedResults.Ok(view with { Team = view.Team ?? await session.TeamOf(service, stop) });
    }
}
