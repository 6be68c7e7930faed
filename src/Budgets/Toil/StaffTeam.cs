using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Toil;

public static class Staffing
{
    /// <summary>The first thing that is known of a team.</summary>
    public static Decision Decide(string team, StaffTeam command, string by, DateTimeOffset now) =>
        Check(command) is { } refusal ? refusal : [Staffed(team, command, by, now)];

    /// <summary>Said again it changes nothing; a team that grew may be below its cap again.</summary>
    public static Decision Decide(ToilTeam team, StaffTeam command, string by, DateTimeOffset now)
    {
        if (Check(command) is { } refusal)
            return refusal;
        var (staffed, last) = (Staffed(team.Team, command, by, now), team.Staffings[^1]);
        var same =
            staffed with { By = last.By, At = last.At, Services = last.Services } == last
            && staffed.Services.SequenceEqual(last.Services);
        return same ? [] : Weeks.WithCrossings(team, team.Apply(staffed), [staffed], now);
    }

    private static Refusal? Check(StaffTeam command) =>
        WallClock.Zone(command.TimeZone) is not null
            ? null
            : new Refusal(
                "zone-unknown",
                $"'{command.TimeZone}' is no time zone. Give an IANA name, for example Europe/Berlin."
            );

    private static TeamStaffed Staffed(string team, StaffTeam command, string by, DateTimeOffset now) =>
        new(
            team,
            command.People,
            command.HoursPerWeek,
            command.DeveloperTeam,
            [.. command.Services.Distinct().Order(StringComparer.Ordinal)],
            command.TimeZone,
            by,
            now
        );
}

public static class StaffTeamEndpoint
{
    private const string Example = """
        {"people":6,"hoursPerWeek":40,"developerTeam":"checkout-dev","services":["checkout"],"timeZone":"Europe/Berlin"}
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/toil/teams/{team:maxlength(100)}", Handle)
            .RequireScope("budgets:write")
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Toil")
            .WithSummary(
                "Says how much time a team has, which services it operates, and who takes over beyond half of it."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);

    private static async Task<IResult> Handle(
        string team,
        StaffTeam command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (id, now) = (ToilTeam.IdOf(team), clock.Moment());
        if (await session.LoadAsync<ToilTeam>(id, stop) is null)
        {
            var first = Staffing.Decide(team, command, by.Name, now);
            var started = await streams.Start<ToilTeam>(NewStream.Of(id), by, first, stop);
            // Somebody was faster: then it is a change.
            if (started is not (Outcome.Taken or Outcome.Repeated))
                return started.ToResult();
        }

        return (
            await streams.Decide<ToilTeam>(
                id,
                version,
                by,
                known => Staffing.Decide(known, command, by.Name, now),
                stop
            )
        ).ToResult();
    }
}
