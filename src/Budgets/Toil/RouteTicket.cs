using System.Globalization;
using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Toil;

/// <summary>Below the cap a ticket stays with operations; above it the developers get it, until the week is over.</summary>
public static class Routing
{
    public static Decision Decide(ToilTeam team, RouteTicket command, DateTimeOffset now)
    {
        if (team.Tickets.Any(ticket => ticket.Ref == command.Ref))
            return [];
        var week = IsoWeek.Of(now, Weeks.Zone(team.Staffings));
        var tally = Weeks.Tally(week, team.Staffings, team.Entries);
        return
        [
            new TicketRouted(
                team.Team,
                command.Ref,
                command.Title,
                tally.Over ? team.Staffings[^1].DeveloperTeam : team.Team,
                tally.Over,
                $"{week}",
                tally.Spent,
                tally.Cap,
                now
            ),
        ];
    }

    public static TicketRoute View(TicketRouted e) =>
        new(
            e.Ref,
            e.Team,
            e.To,
            e.Week,
            e.SpentMinutes,
            e.CapMinutes,
            e.Over
                ? $"Operations took {Hours(e.SpentMinutes)} in {e.Week}, over the line of {Hours(e.CapMinutes)}: {e.To} gets it."
                : $"Operations took {Hours(e.SpentMinutes)} in {e.Week}, within the line of {Hours(e.CapMinutes)}.",
            e.At
        );

    private static string Hours(long minutes) =>
        minutes % 60 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60} min");
}

public static class RouteTicketEndpoint
{
    private const string Example = """{"team":"checkout-sre","ref":"OPS-205","title":"Renew the certificate"}""";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/toil/tickets", Handle)
            .RequireScope("budgets:write")
            .Produces<TicketRoute>(StatusCodes.Status201Created)
            .WithTags("Toil")
            .WithSummary(
                "Says which team gets a new ticket: operations, or the developers while operations are over the cap."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);

    private static async Task<IResult> Handle(
        RouteTicket command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (id, now) = (ToilTeam.IdOf(command.Team), clock.Moment());
        var outcome = await streams.Decide<ToilTeam>(
            id,
            ExpectedVersion.Any,
            by,
            team => Routing.Decide(team, command, now),
            stop
        );
        if (outcome is Outcome.Missing)
            return ToilEdges.Unknown(command.Team);
        return await outcome.ToCreated(
            _ => $"/v1/toil/teams/{Uri.EscapeDataString(command.Team)}",
            async _ =>
            {
                var team = (await session.LoadAsync<ToilTeam>(id, stop))!;
                return Routing.View(team.Tickets.Single(ticket => ticket.Ref == command.Ref));
            }
        );
    }
}
