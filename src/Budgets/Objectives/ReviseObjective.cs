using Marten;
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
        ExpectedVersion version,
        Actor by,
        ApplyDraftsEndpoint apply,
        IQuerySession session,
        CancellationToken stop,
        ReadMode? mode = null
    )
    {
        var drafts = await DraftsEndpoint.Read(request, mode?.Mode ?? Mode.Strict, stop);
        if (drafts.Findings.Count > 0)
            return DraftsEndpoint.Refused(drafts);
        var applied = await apply.Apply(drafts.Objectives, revise: true, version, by, stop);
        if (applied.Refused.Count > 0)
            return ApplyDraftsEndpoint.Problem(applied);
        var items = new List<AppliedObjective>();
        foreach (var (draft, word) in drafts.Objectives.Zip(applied.Words))
        {
            var kept = (await session.LoadAsync<Objective>(Objective.IdOf(draft.Name), stop))!.View();
            items.Add(new(word, await session.Hinted(kept, stop)));
        }

        return TypedResults.Ok(new AppliedObjectives(items, drafts.Repairs));
    }

    private static async Task<IResult> One(
        string name,
        HttpRequest request,
        ExpectedVersion version,
        Actor by,
        ApplyDraftsEndpoint apply,
        IQuerySession session,
        CancellationToken stop,
        ReadMode? mode = null
    )
    {
        var drafts = await DraftsEndpoint.Read(request, mode?.Mode ?? Mode.Strict, stop);
        if (drafts.Findings.Count == 0 && !(drafts.Objectives is [{ } only] && only.Name == name))
            drafts = drafts with { Findings = [.. drafts.Findings, Differs(name, drafts)] };
        if (drafts.Findings.Count > 0)
            return DraftsEndpoint.Refused(drafts);
        var applied = await apply.Apply(drafts.Objectives, revise: true, version, by, stop);
        if (applied.Refused.Count > 0)
            return ApplyDraftsEndpoint.Problem(applied);
        var view = (await session.LoadAsync<Objective>(Objective.IdOf(name), stop))!.View();
        view = await session.Hinted(view, stop);
        view = view with { Repairs = drafts.Repairs.Count > 0 ? drafts.Repairs : null };
        Outcome done = new Outcome.Done(view.Id, view.Version, 0);
        return applied.Words[0] == "created"
            ? await done.ToCreated(id => $"/v1/objectives/{id}", _ => Task.FromResult(view))
            : view.ToView(shown => shown.Version);
    }

    private static Contracts.Budgets.Finding Differs(string name, Drafts drafts) =>
        new(
            "metadata.name",
            $"The address names '{name}', the document {string.Join(", ", drafts.Objectives.Select(d => $"'{d.Name}'"))}.",
            $"A document of the one objective '{name}'.",
            Rule: "name_differs"
        );
}
