using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Toil;

public static class Recording
{
    private static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(1);

    /// <summary>Takes one entry. The same entry again changes nothing.</summary>
    public static Decision Decide(ToilTeam team, Guid id, RecordToil command, DateTimeOffset now)
    {
        var start = ToTheMinute(command.Start);
        var entry = new ToilRecorded(
            team.Team,
            id,
            start,
            command.Minutes,
            command.Kind,
            command.Person is { } person ? ToilTeam.PersonOf(team.Team, person) : null,
            command.Ref,
            now
        );
        if (team.Entries.FirstOrDefault(other => other.EntryId == id) is { } known)
            return known with { At = now } == entry
                ? []
                : new Refusal(
                    "entry-differs",
                    "An entry under this Idempotency-Key says something else. Withdraw it, or send a new key."
                );
        if (team.Knows(id))
            return [];
        if (start.AddMinutes(command.Minutes) > now + Forgiven + TimeSpan.FromMinutes(1))
            return new Refusal("in-the-future", "This work would end in the future. Write it down when it is done.");
        if (start < now - ToilTeam.Memory)
            return new Refusal("toil-too-old", "This work is older than eight weeks, and its weeks are closed.");
        return Weeks.WithCrossings(team, team.Apply(entry), [entry], now);
    }

    public static Decision Withdraw(ToilTeam team, Guid id, string by, DateTimeOffset now)
    {
        var withdrawn = new ToilWithdrawn(team.Team, id, by, now);
        return team.Entries.Any(entry => entry.EntryId == id)
            ? Weeks.WithCrossings(team, team.Apply(withdrawn), [withdrawn], now)
            : [];
    }

    public static DateTimeOffset ToTheMinute(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
}

public static class RecordToilEndpoint
{
    private const string Example = """
        {"team":"checkout-sre","start":"2026-11-24T09:00:00Z","minutes":45,"kind":"ticket","person":"p-17","ref":"OPS-204"}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/toil/entries", Handle)
            .RequireScope("budgets:write")
            .Produces<ToilEntry>(StatusCodes.Status201Created)
            .WithTags("Toil")
            .WithSummary("Writes down time that operations took; with an Idempotency-Key, once.")
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapDelete("/toil/teams/{team}/entries/{id:guid}", Withdraw)
            .RequireScope("budgets:write")
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Toil")
            .WithSummary("Withdraws an entry that was wrong. It stays in the team's history, and no longer counts.");
    }

    private static async Task<IResult> Handle(
        RecordToil command,
        NewStream entry,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var outcome = await streams.Decide<ToilTeam>(
            ToilTeam.IdOf(command.Team),
            ExpectedVersion.Any,
            by,
            team => Recording.Decide(team, entry.Id, command, now),
            stop
        );
        if (outcome is not Outcome.Done done)
            return outcome is Outcome.Missing ? ToilEdges.Unknown(command.Team) : outcome.ToResult();
        var start = Recording.ToTheMinute(command.Start);
        var view = new ToilEntry(entry.Id, command.Team, start, command.Minutes, command.Kind, command.Ref);
        var created = new Outcome.Done(entry.Id, done.Version, done.Appended);
        return await created.ToCreated(
            id => $"/v1/toil/teams/{Uri.EscapeDataString(command.Team)}/entries/{id}",
            _ => Task.FromResult(view)
        );
    }

    private static async Task<IResult> Withdraw(
        string team,
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        return (
            await streams.Decide<ToilTeam>(
                ToilTeam.IdOf(team),
                version,
                by,
                known => Recording.Withdraw(known, id, by.Name, now),
                stop
            )
        ).ToResult();
    }
}

internal static class ToilEdges
{
    public static IResult Unknown(string team) =>
        Answers.Problem(
            404,
            "team-unknown",
            $"Nothing is known of a team '{team}'. Say first how it is staffed: PUT /v1/toil/teams/{team}."
        );
}
