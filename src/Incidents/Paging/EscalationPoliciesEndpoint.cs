using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>Whom to page for which service, and what that would mean now.</summary>
public static class EscalationPoliciesEndpoint
{
    private const int LongestName = 100;

    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/escalation-policies", List)
            .WithTags("Paging")
            .WithSummary("All escalation policies, by name")
            .Produces<Page<EscalationPolicyView>>();
        read.MapGet("/escalation-policies/{name}", Show)
            .WithTags("Paging")
            .WithSummary("One escalation policy")
            .Produces<EscalationPolicyView>();
        read.MapGet("/escalation-policies/{name}/preview", Preview)
            .WithTags("Paging")
            .WithSummary("Whom it would page, and when, for an incident that nobody takes")
            .Produces<EscalationPreview>();
    }

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPut("/escalation-policies/{name}", Set)
            .WithTags("Paging")
            .WithSummary("Sets an escalation policy, as a whole; escalations that run are not changed")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> List(IQuerySession session, CancellationToken stop)
    {
        var all = await session.Query<EscalationPolicy>().OrderBy(one => one.Name).ToListAsync(stop);
        return TypedResults.Ok(new Page<EscalationPolicyView>([.. all.Select(one => one.View())], null));
    }

    private static async Task<IResult> Show(string name, IQuerySession session, CancellationToken stop) =>
        await session.LoadAsync<EscalationPolicy>(EscalationPolicy.IdOf(name), stop) is { } found
            ? found.View().ToView(view => view.Version)
            : Missing(name);

    private static async Task<IResult> Preview(
        string name,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        string severity = "sev1",
        decimal burn = 0,
        DateTimeOffset? at = null
    )
    {
        if (await session.LoadAsync<EscalationPolicy>(EscalationPolicy.IdOf(name), stop) is not { } policy)
            return Missing(name);
        if (!Enum.TryParse<Severity>(severity, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            return Answers.Problem(
                400,
                "malformed",
                $"'severity={severity}' is not understood. Give sev1, sev2, sev3 or sev4."
            );
        var schedules = await session.Query<Schedule>().ToListAsync(stop);
        var contacts = await session.Query<Contact>().ToListAsync(stop);
        var begin = (at ?? clock.GetUtcNow()).ToUniversalTime();
        return TypedResults.Ok(
            Previewing.Of(policy, wanted, burn, begin, moment => EscalationWorker.ReachOf(schedules, contacts, moment))
        );
    }

    private static async Task<IResult> Set(
        string name,
        SetEscalationPolicy command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var others = await session.Query<EscalationPolicy>().ToListAsync(stop);
        var schedules = await session.Query<Schedule>().Select(one => one.Name).ToListAsync(stop);
        var contacts = await session.Query<Contact>().Select(one => one.Name).ToListAsync(stop);
        var wrong = Policing.Check(name, command, others, schedules.ToHashSet(), contacts.ToHashSet()).ToList();
        if (name.Length > LongestName)
            wrong.Add(("name", $"A policy's name has at most {LongestName} characters."));
        if (wrong.Count > 0)
            return Refusals.Malformed(
                $"The policy cannot be set so; nothing was changed. {wrong[0].Field}: {wrong[0].Message}",
                wrong
            );
        var set = new EscalationPolicySet(
            name,
            command.Services,
            command.Steps,
            command.Repeat,
            command.AcknowledgedForMinutes,
            command.Reason,
            by.Name,
            clock.GetUtcNow()
        );
        var id = EscalationPolicy.IdOf(name);
        var outcome = await streams.Decide<EscalationPolicy>(id, version, by, _ => [set], stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<EscalationPolicy>(NewStream.Of(id), by, [set], stop)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }

    private static IResult Missing(string name) =>
        Answers.Problem(
            404,
            "not-found",
            $"There is no escalation policy '{name}'. GET /v1/escalation-policies lists them."
        );
}
