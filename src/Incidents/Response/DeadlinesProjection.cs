using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Something of an incident becomes due: the moment at which its rule is to be asked.</summary>
public sealed record Deadline
{
    public Guid Id { get; init; }
    public Guid Incident { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>
/// What waits for the clock: hand-overs, tasks, the next word to stakeholders. One row each, so that looking for what is due costs
/// nothing while nothing is.
/// </summary>
public sealed partial class DeadlinesProjection : EventProjection
{
    public DeadlinesProjection()
    {
        Name = "deadlines";
        Options.DeleteViewTypeOnTeardown<Deadline>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        foreach (var (id, at) in Of(e.StreamId, e.Data))
        {
            if (at is { } due)
                operations.Store(
                    new Deadline
                    {
                        Id = id,
                        Incident = e.StreamId,
                        At = due,
                    }
                );
            else
                operations.Delete<Deadline>(id);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What an event makes wait, and what no longer waits (null). Pure.</summary>
    public static IEnumerable<(Guid Id, DateTimeOffset? At)> Of(Guid incident, object data) =>
        data switch
        {
            HandoverOffered e => [(e.HandoverId, e.ExpiresAt)],
            HandoverConfirmed e => [(e.HandoverId, null)],
            HandoverDeclined e => [(e.HandoverId, null)],
            HandoverWithdrawn e => [(e.HandoverId, null)],
            HandoverExpired e => [(e.HandoverId, null)],
            TaskAdded { DueAt: { } due } e => [(Task(incident, e.Number), due)],
            TaskChanged e => [(Task(incident, e.Number), e.DueAt)],
            TaskDone e => [(Task(incident, e.Number), null)],
            TaskOverdue e => [(Task(incident, e.Number), null)],
            IncidentDeclared { NextUpdateDueAt: { } due } => [(Update(incident), due)],
            IncidentAccepted { NextUpdateDueAt: { } due } => [(Update(incident), due)],
            IncidentSeverityChanged { NextUpdateDueAt: { } due } => [(Update(incident), due)],
            IncidentReopened { NextUpdateDueAt: { } due } => [(Update(incident), due)],
            UpdatePosted e => [(Update(incident), e.NextUpdateDueAt)],
            UpdateOverdue or IncidentResolved or IncidentDeclined or IncidentMerged => [(Update(incident), null)],
            _ => [],
        };

    private static Guid Task(Guid incident, int number) => StableId.From("task", $"{incident}", $"{number}");

    private static Guid Update(Guid incident) => StableId.From("next-update", $"{incident}");
}
