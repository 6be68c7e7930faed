using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>An entry as it stands: its newest words, and whether it was taken back.</summary>
public sealed record StandingEntry(Guid Id, int Version, EntryRecorded Entry, bool IsRetracted)
{
    /// <summary>As it was first recorded; null for what the platform itself tells, which nobody corrects by words.</summary>
    public static StandingEntry? Of(Guid id, Guid stream, object first) =>
        first switch
        {
            EntryRecorded e when !Categories.IsOfPlatform(e.Kind) => new(id, 1, e, false),
            NoteAdded e => new(id, 1, OfNote(stream, e), false),
            _ => null,
        };

    public StandingEntry With(Correction correction) =>
        this with
        {
            Version = (int)correction.Version + (correction.IsRetracted ? 0 : 1),
            Entry = correction.Newest ?? Entry,
            IsRetracted = correction.IsRetracted,
        };

    private static EntryRecorded OfNote(Guid incident, NoteAdded e) =>
        new("incidents", "note-added", e.OccurredAt, [e.Service], incident, incident, e.By, null, e.Text);
}

/// <summary>Corrections of what people and their tools wrote. Every version stays.</summary>
public static class Correcting
{
    public static readonly Refusal OfPlatform = new(
        "entry-of-the-platform",
        "This is what the platform itself did or saw. Correct it where it was done, or write a note about it."
    );

    private static readonly Refusal Retracted = new(
        "entry-retracted",
        "This entry was taken back. Write a new one instead."
    );

    public static Decision Amend(StandingEntry standing, AmendEntry command, Actor by, DateTimeOffset now)
    {
        if (standing.IsRetracted)
            return Retracted;
        var amended = Amended(standing.Entry, command);
        if (Evidence.Wrong(amended, now).FirstOrDefault() is { Field: { } field, Message: var message })
            return new Refusal("entry-unacceptable", $"{field}: {message}");
        if (amended.Kind != standing.Entry.Kind && Categories.IsOfPlatform(amended.Kind))
            return new Refusal("entry-unacceptable", $"kind: '{amended.Kind}' is told by the platform itself.");
        return FieldChanges.Between(standing.Entry, amended).Any()
            ? [new EntryAmended(standing.Id, standing.Version + 1, amended, command.Reason.Trim(), by.Name, now)]
            : [];
    }

    public static Decision Retract(StandingEntry standing, RetractEntry command, Actor by, DateTimeOffset now) =>
        standing.IsRetracted
            ? []
            :
            [
                new EntryRetracted(
                    standing.Id,
                    standing.Version,
                    standing.Entry.Source,
                    standing.Entry.Kind,
                    standing.Entry.Services,
                    standing.Entry.IncidentId,
                    command.Reason.Trim(),
                    by.Name,
                    now
                ),
            ];

    private static EntryRecorded Amended(EntryRecorded entry, AmendEntry command) =>
        entry with
        {
            Text = command.Text?.Trim() ?? entry.Text,
            Kind = command.Kind ?? entry.Kind,
            OccurredAt = command.OccurredAt?.ToUniversalTime() ?? entry.OccurredAt,
            // A new moment has the old one's end no longer.
            OccurredUntil =
                command.OccurredUntil?.ToUniversalTime() ?? (command.OccurredAt is null ? entry.OccurredUntil : null),
            Precision = command.Precision ?? entry.Precision,
            Services = command.Services ?? entry.Services,
            Confidence = command.Confidence ?? entry.Confidence,
            Labels = command.Labels ?? entry.Labels,
            Links = command.Links ?? entry.Links,
            Causes = command.Causes ?? entry.Causes,
        };
}

public static class CorrectEntryEndpoint
{
    public static void Map(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/entries/{id:guid}/amendments", Amend)
            .WithTags("Timeline")
            .WithSummary("Correct an entry; the version before is kept and shown")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/entries/{id:guid}/retractions", Retract)
            .WithTags("Timeline")
            .WithSummary("Take an entry back; it stays to be seen among the versions")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static Task<IResult> Amend(
        Guid id,
        AmendEntry command,
        ExpectedVersion version,
        Actor by,
        IQuerySession session,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    ) => Correct(id, version, by, session, streams, e => Correcting.Amend(e, command, by, clock.GetUtcNow()), stop);

    private static Task<IResult> Retract(
        Guid id,
        RetractEntry command,
        ExpectedVersion version,
        Actor by,
        IQuerySession session,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    ) => Correct(id, version, by, session, streams, e => Correcting.Retract(e, command, by, clock.GetUtcNow()), stop);

    private static async Task<IResult> Correct(
        Guid id,
        ExpectedVersion version,
        Actor by,
        IQuerySession session,
        Streams streams,
        Func<StandingEntry, Decision> decide,
        CancellationToken stop
    )
    {
        if (await EntriesSchema.First(session, id, stop) is not { } first || !TimelineLines.Of(first).Any())
            return Answers.Missing();
        if (StandingEntry.Of(id, first.StreamId, first.Data) is not { } original)
            return new Outcome.Refused(Correcting.OfPlatform).ToResult();
        var stream = StreamOf(id);
        // The first correction of all starts the stream; whoever loses that race decides on what the other one wrote.
        if (version.Version is null or 1 && await session.Events.FetchStreamStateAsync(stream, stop) is null)
        {
            var decision = decide(original);
            if (decision is { Refusal: null, Events.Count: 0 })
                return new Outcome.Done(id, 1, 0).ToResult();
            var begun = await streams.Start<Correction>(NewStream.Of(stream), by, decision, stop);
            if (begun is not (Outcome.Repeated or Outcome.Taken))
                return Versioned(begun).ToResult();
        }

        var expected = version.Version is { } wanted ? new ExpectedVersion(wanted - 1) : version;
        var outcome = await streams.Decide<Correction>(stream, expected, by, c => decide(original.With(c)), stop);
        return (outcome is Outcome.Missing ? new Outcome.Stale(1) : Versioned(outcome)).ToResult();
    }

    /// <summary>The stream of an entry's corrections.</summary>
    public static Guid StreamOf(Guid entry) => StableId.From("corrections", $"{entry}");

    // An entry's version is one more than that of its corrections.
    private static Outcome Versioned(Outcome outcome) =>
        outcome switch
        {
            Outcome.Done done => done with { Version = done.Version + 1 },
            Outcome.Stale stale => new Outcome.Stale(stale.Version + 1),
            _ => outcome,
        };
}
