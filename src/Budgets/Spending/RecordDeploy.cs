using System.Text.Json.Nodes;
using Marten;
using Marten.Linq.MatchesSql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Spending;

/// <summary>What is told of a deployment, or of a team's own period. Pure.</summary>
public static class RecordingDeploy
{
    private static readonly TimeSpan FastClock = TimeSpan.FromMinutes(1);

    public static Decision Decide(RecordDeploy command, string by, DateTimeOffset now)
    {
        var at = (command.At ?? now).ToUniversalTime();
        if (at > now + FastClock)
            return new Refusal(
                "in-the-future",
                "A deployment is told when it has happened. Give its moment, or leave 'at' out for now."
            );
        return
        [
            new DeployRecorded(
                command.Service,
                command.Ref,
                command.Environment,
                [.. (command.Affects ?? []).Prepend(command.Service).Distinct()],
                command.Team,
                command.Class ?? "deploy",
                command.Rollback,
                by,
                at
            ),
        ];
    }

    public static Decision Decide(string service, ClaimPeriod command, string by, DateTimeOffset now) =>
        command.From >= command.To
            ? new Refusal("period-invalid", "This is no period. Give a beginning before the end.")
            :
            [
                new PeriodClaimed(
                    service,
                    command.Team,
                    command.From.ToUniversalTime(),
                    command.To.ToUniversalTime(),
                    command.Reason,
                    command.Class ?? "team",
                    by,
                    now
                ),
            ];
}

public static class RecordDeployEndpoint
{
    private const string Example = """{"service":"checkout","ref":"1.4.2","environment":"production"}""";
    private const string Claimed = """
        {"team":"databases","from":"2026-11-24T08:00:00Z","to":"2026-11-24T09:00:00Z","reason":"Move of the primary"}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/deploys", Record)
            .RequireScope("budgets:write", "gate:ask")
            .Produces<DeployView>(StatusCodes.Status201Created)
            .WithTags("Spending")
            .WithSummary(
                "Tells that a version of a service went out: what fails for a while after it is put down to it."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapGet("/deploys", List)
            .RequireScope("budgets:read")
            .Produces<Page<DeployView>>()
            .WithTags("Spending")
            .WithSummary("Lists deployments that a service may feel, newest first.");
        routes
            .MapPost("/services/{service}/claims", Claim)
            .RequireScope("budgets:write")
            .Produces<ClaimView>(StatusCodes.Status201Created)
            .WithTags("Spending")
            .WithSummary("A team takes what fails in a period on itself.")
            .WithExample("application/json", JsonNode.Parse(Claimed)!);
    }

    private static async Task<IResult> Record(
        RecordDeploy command,
        NewStream stream,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var decision = RecordingDeploy.Decide(command, by.Name, clock.Moment());
        return await (await streams.Start<Deploy>(stream, by, decision, stop)).ToCreated(
            id => $"/v1/deploys?service={Uri.EscapeDataString(command.Service)}",
            async id => (await session.LoadAsync<Deploy>(id, stop))!.View()
        );
    }

    private static async Task<IResult> Claim(
        string service,
        ClaimPeriod command,
        NewStream stream,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var decision = RecordingDeploy.Decide(service, command, by.Name, clock.Moment());
        return await (await streams.Start<Claim>(stream, by, decision, stop)).ToCreated(
            id => $"/v1/services/{Uri.EscapeDataString(service)}",
            async id => (await session.LoadAsync<Claim>(id, stop))!.View()
        );
    }

    private static async Task<IResult> List(
        [AsParameters] Paging page,
        IQuerySession session,
        CancellationToken stop,
        string? service = null
    )
    {
        const string order =
            "to_char((d.data ->> 'at')::timestamptz at time zone 'utc', 'YYYYMMDDHH24MISSUS') || d.id::text";
        var deploys = session
            .Query<Deploy>()
            .Where(deploy => deploy.MatchesSql("(? = '' or " + order + " < ?)", page.Key, page.Key));
        if (service is not null)
            deploys = deploys.Where(deploy => deploy.Affects.Contains(service));
        var found = await deploys.OrderBySql(order + " desc").Take(page.Limit + 1).ToListAsync(stop);
        return TypedResults.Ok(
            page.Cut(
                found,
                deploy => $"{deploy.At.UtcDateTime:yyyyMMddHHmmssffffff}{deploy.Id}",
                deploy => deploy.View()
            )
        );
    }
}
