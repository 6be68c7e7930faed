using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.OpenSlo;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Objectives;

public static class Revising
{
    internal static Refusal Retired { get; } =
        new("objective-retired", "A retired objective is kept as it was. Define one of another name.");

    public static Decision Decide(Objective objective, ObjectiveDraft draft, string by, DateTimeOffset now) =>
        objective switch
        {
            { RetiredAt: not null } => Retired,
            _ when objective.Says(draft) => [],
            _ =>
            [
                new ObjectiveRevised(
                    draft.DisplayName,
                    draft.Service,
                    draft.Sli,
                    draft.Terms,
                    draft.Document,
                    draft.Environment,
                    draft.Team,
                    by,
                    now
                ),
            ],
        };
}

/// <summary>Creates what is not there and revises what is: the same request again changes nothing.</summary>
public static class ReviseObjectiveEndpoint
{
    private const string Example = "apiVersion: openslo/v1\nkind: SLO\n…";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/objectives", All)
            .RequireScope("budgets:write")
            .AcceptsDocument(Example)
            .Produces<AppliedObjectives>()
            .WithTags("Objectives")
            .WithSummary(
                "Applies OpenSLO documents: creates objectives that are new, and revises those that say something else."
            );
        routes
            .MapPut("/objectives/{name}", One)
            .RequireScope("budgets:write")
            .AcceptsDocument(Example)
            .Produces<ObjectiveView>()
            .WithTags("Objectives")
            .WithSummary("Applies the document of one objective. Old figures are kept; a revision starts beside them.");
    }

    private static async Task<IResult> All(
        HttpRequest request,
        NewStream stream,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        ReadMode? mode = null
    )
    {
        var drafts = await DraftsEndpoint.Read(request, mode?.Mode ?? Mode.Strict, stop);
        if (drafts.Findings.Count > 0)
            return DraftsEndpoint.Refused(drafts);
        var applied = new List<AppliedObjective>();
        foreach (var draft in drafts.Objectives)
        {
            var (word, outcome) = await Apply(draft, ExpectedVersion.Any, stream, by, streams, clock, stop);
            if (outcome is not (Outcome.Done or Outcome.Repeated))
                return outcome.ToResult();
            var view = (await session.LoadAsync<Objective>(Objective.IdOf(draft.Name), stop))!.View();
            applied.Add(new(word, view));
        }

        return TypedResults.Ok(new AppliedObjectives(applied, drafts.Repairs));
    }

    private static async Task<IResult> One(
        string name,
        HttpRequest request,
        ExpectedVersion version,
        NewStream stream,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        ReadMode? mode = null
    )
    {
        var drafts = await DraftsEndpoint.Read(request, mode?.Mode ?? Mode.Strict, stop);
        if (drafts.Findings.Count == 0 && !(drafts.Objectives is [{ } only] && only.Name == name))
            drafts = drafts with { Findings = [.. drafts.Findings, Differs(name, drafts)] };
        if (drafts.Findings.Count > 0)
            return DraftsEndpoint.Refused(drafts);
        var (word, outcome) = await Apply(drafts.Objectives[0], version, stream, by, streams, clock, stop);
        if (outcome is not (Outcome.Done or Outcome.Repeated))
            return outcome.ToResult();
        var view = (await session.LoadAsync<Objective>(Objective.IdOf(name), stop))!.View();
        view = view with { Repairs = drafts.Repairs.Count > 0 ? drafts.Repairs : null };
        return word == "created"
            ? await outcome.ToCreated(id => $"/v1/objectives/{id}", _ => Task.FromResult(view))
            : view.ToView(shown => shown.Version);
    }

    private static Contracts.Budgets.Finding Differs(string name, Drafts drafts) =>
        new(
            "metadata.name",
            $"The address names '{name}', the document {string.Join(", ", drafts.Objectives.Select(d => $"'{d.Name}'"))}.",
            $"A document of the one objective '{name}'.",
            Rule: "name_differs"
        );

    private static async Task<(string Word, Outcome Outcome)> Apply(
        ObjectiveDraft draft,
        ExpectedVersion version,
        NewStream stream,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (id, now) = (Objective.IdOf(draft.Name), clock.Moment());
        var outcome = await streams.Decide<Objective>(
            id,
            version,
            by,
            objective => Revising.Decide(objective, draft, by.Name, now),
            stop,
            with: session => session.Events.Append(Budget.IdOf(id), Revised(id, draft, now))
        );
        if (outcome is Outcome.Missing && version.Version is null)
            return ("created", await DefineObjectiveEndpoint.Start([draft], stream, by, streams, now, stop));
        return (outcome is Outcome.Done { Appended: > 0 } ? "revised" : "unchanged", outcome);
    }

    private static BudgetRevised Revised(Guid id, ObjectiveDraft draft, DateTimeOffset now) =>
        new(new(id, draft.Name, draft.Service), draft.DisplayName, draft.Sli, draft.Terms, now);
}
