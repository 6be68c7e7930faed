using System.Globalization;
using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Gates;

/// <summary>A denial is overridden by two: one says why, another approves. Pure.</summary>
public static class Overriding
{
    // A proposal waits for its second person as long as a decision of an old version could be overridden.
    private const int Standard = 240;

    public static Decision Propose(Gate gate, OverrideGate command, string by, DateTimeOffset now)
    {
        var most = gate.Decided.OverrideMinutes ?? Standard;
        if (gate.Decided.Decision != GateVerdict.Deny)
            return new Refusal("override-needless", "The gate did not deny this, so there is nothing to override.");
        if (most == 0)
            return new Refusal(
                "override-forbidden",
                $"The policy {gate.Decided.Policy} forbids overrides. Change the policy, or wait until the gate opens."
            );
        if (command.Minutes > most)
            return new Refusal(
                "override-too-long",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The policy {gate.Decided.Policy} allows at most {most} minutes."
                )
            );
        if (gate.Overridden is { } given && given.ExpiresAt > now)
            return new Refusal("override-given", "This denial is overridden already. Ask the gate again.");
        var minutes = command.Minutes ?? most;
        if (gate.Proposed is { } asked && asked.By == by && asked.Reason == command.Reason && asked.Until > now)
            return [];
        return [new OverrideProposed(command.Reason, minutes, by, now, now.AddMinutes(most))];
    }

    public static Decision Approve(Gate gate, string by, DateTimeOffset now)
    {
        if (gate.Proposed is not { } asked)
            return new Refusal("override-not-proposed", "Nobody has proposed to override this. Propose it first.");
        if (gate.Overridden is { } given && given.At >= asked.At)
            return given.ApprovedBy == by
                ? []
                : new Refusal("override-given", "This denial is overridden already. Ask the gate again.");
        if (asked.By == by)
            return new Refusal("second-person-needed", $"{asked.By} proposed this, so somebody else must approve it.");
        if (asked.Until <= now)
            return new Refusal("override-expired", "Nobody approved this in time. Propose it again.");
        var decided = gate.Decided;
        return
        [
            new GateOverridden(
                decided.Service,
                decided.Action,
                decided.Ref,
                decided.Environment,
                asked.Reason,
                asked.By,
                by,
                now,
                now.AddMinutes(asked.Minutes)
            ),
        ];
    }
}

public static class OverrideGateEndpoint
{
    private const string Example = """{"reason":"The fix of the incident is in this release.","minutes":60}""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/gates/decisions/{id:guid}/override", Propose)
            .RequireScope("budgets:write")
            .Produces<GateAnswer>()
            .WithTags("Gates")
            .WithSummary("Proposes to override a denial; a second person must approve.")
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapPost("/gates/decisions/{id:guid}/override/approve", Approve)
            .RequireScope("budgets:write")
            .Produces<GateAnswer>()
            .WithTags("Gates")
            .WithSummary(
                "Approves an override that somebody else proposed: the same question is allowed until it expires."
            );
    }

    private static Task<IResult> Propose(
        Guid id,
        OverrideGate command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        return Answer(
            id,
            streams.Decide<Gate>(id, version, by, gate => Overriding.Propose(gate, command, by.Name, now), stop),
            session,
            stop
        );
    }

    private static Task<IResult> Approve(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        return Answer(
            id,
            streams.Decide<Gate>(id, version, by, gate => Overriding.Approve(gate, by.Name, now), stop),
            session,
            stop
        );
    }

    private static async Task<IResult> Answer(
        Guid id,
        Task<Outcome> decided,
        IQuerySession session,
        CancellationToken stop
    )
    {
        var outcome = await decided;
        return outcome is Outcome.Done
            ? TypedResults.Ok(new GateAnswer((await session.LoadAsync<Gate>(id, stop))!.View()))
            : outcome.ToResult();
    }
}
