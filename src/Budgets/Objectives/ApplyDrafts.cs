using Marten;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Finding = Steady.Contracts.Budgets.Finding;

namespace Steady.Budgets.Objectives;

/// <summary>What stands in the way of one objective of a text, and where it is written.</summary>
internal sealed record Obstacle(Outcome Outcome, Finding Finding);

/// <summary>What became of a text: a word for each of its objectives, or everything that stood in the way.</summary>
internal sealed record Applied(IReadOnlyList<string> Words, IReadOnlyList<Obstacle> Refused);

/// <summary>Stores what a text asks for as one: all of its objectives with their budgets, or none of them.</summary>
public sealed class ApplyDraftsEndpoint(Streams streams, BudgetReader reader, TimeProvider clock)
{
    /// <param name="drafts">What the text asks for.</param>
    /// <param name="revise">Revise what says something else; otherwise that stands in the way.</param>
    /// <param name="version">The version that is expected of what is there; 0 where nothing may be there yet.</param>
    /// <param name="by">Who.</param>
    /// <param name="stop">Cancels.</param>
    internal async Task<Applied> Apply(
        IReadOnlyList<ObjectiveDraft> drafts,
        bool revise,
        ExpectedVersion version,
        Actor by,
        CancellationToken stop
    )
    {
        var (now, words) = (clock.Moment(), new List<string>());
        var refused = await streams.Together(by, Decide, stop);
        return new(words, refused);

        async Task<IReadOnlyList<Obstacle>> Decide(IDocumentSession session)
        {
            words.Clear();
            var obstacles = new List<Obstacle>();
            foreach (var draft in drafts)
            {
                var (word, outcome) = await One(session, draft, revise, version, new(by.Name, now), stop);
                words.Add(word);
                if (outcome is not null)
                    obstacles.Add(new(outcome, Told(draft, outcome)));
            }

            return obstacles;
        }
    }

    /// <summary>The first obstacle as the answer, with all of them as its findings.</summary>
    internal static IResult Problem(Applied applied) =>
        applied.Refused[0].Outcome is Outcome.Refused { Reason: var reason }
            ? Answers.Problem(
                409,
                reason.Code,
                reason.Detail,
                new Dictionary<string, object?> { ["findings"] = applied.Refused.Select(one => one.Finding) }
            )
            : applied.Refused[0].Outcome.ToResult();

    private async Task<(string Word, Outcome? Refused)> One(
        IDocumentSession session,
        ObjectiveDraft draft,
        bool revise,
        ExpectedVersion version,
        (string By, DateTimeOffset At) now,
        CancellationToken stop
    )
    {
        var id = Objective.IdOf(draft.Name);
        if (await session.LoadAsync<Objective>(id, stop) is null)
        {
            if (version.Version is not (null or 0))
                return ("", new Outcome.Missing());
            Start(session, id, draft, now);
            return ("created", null);
        }

        var stream = await session.Events.FetchForWriting<Objective>(id, stop);
        if (version.Version is { } wanted && wanted != stream.CurrentVersion)
            return ("", new Outcome.Stale(stream.CurrentVersion ?? 0));
        var decision = revise
            ? Revising.Decide(stream.Aggregate!, draft, now.By, now.At)
            : Defining.Again(stream.Aggregate!, draft);
        if (decision.Refusal is { } refusal)
            return ("", new Outcome.Refused(refusal));
        if (decision.Events.Count == 0)
            return ("unchanged", null);
        stream.AppendMany(decision.Events);
        var budget = (await session.LoadAsync<Budget>(Budget.IdOf(id), stop))!;
        // What the old terms say at this moment is kept beside the new ones, whatever is counted for it later.
        var stood = (await reader.Read(budget, now.At, stop)).Whole(budget.Terms);
        session.Events.Append(
            budget.Id,
            new BudgetRevised(Of(id, draft), draft.DisplayName, draft.Sli, draft.Terms, now.At, stood)
        );
        return ("revised", null);
    }

    private static void Start(
        IDocumentSession session,
        Guid id,
        ObjectiveDraft draft,
        (string By, DateTimeOffset At) now
    )
    {
        var (terms, window) = (draft.Terms, draft.Terms.Windows[0].Duration);
        session.Events.StartStream<Objective>(id, Defining.Decide(draft, now.By, now.At).Events);
        session.Events.StartStream<Budget>(
            Budget.IdOf(id),
            new BudgetOpened(Of(id, draft), draft.DisplayName, draft.Sli, terms.Target, window, now.At, terms)
        );
    }

    private static BudgetOf Of(Guid id, ObjectiveDraft draft) => new(id, draft.Name, draft.Service);

    private static Finding Told(ObjectiveDraft draft, Outcome outcome)
    {
        var place = draft.Places?.Slo["metadata"]["name"];
        var reason = outcome is Outcome.Refused refused ? refused.Reason : null;
        return new(
            place?.Path ?? draft.Name,
            $"{draft.Name}: {reason?.Detail ?? "It has moved on since the version that If-Match names, or is not there."}",
            reason is null ? "The newest version." : "Another name, or what the objective says already.",
            place?.Node?.Line is > 0 and var line ? line : null,
            reason?.Code.Replace('-', '_') ?? "version_stale"
        );
    }
}
