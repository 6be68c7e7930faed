using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>An entry as it stands: its newest words, and whether it was taken back.</summary>
public sealed record StandingEntry(Guid Id, int Version, EntryRecorded Entry, bool IsRetracted)
{
    public bool IsRedacted { get; init; }

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
            Version = correction.EntryVersion,
            Entry = correction.Newest ?? Entry,
            IsRetracted = correction.IsRetracted,
            IsRedacted = correction.IsRedacted,
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

    private static readonly Refusal Redacted = new(
        "entry-redacted",
        "The words of this entry were destroyed. Write a new one instead."
    );

    public static Decision Amend(StandingEntry standing, AmendEntry command, Actor by, DateTimeOffset now)
    {
        if (standing.IsRetracted)
            return Retracted;
        if (standing.IsRedacted)
            return Redacted;
        var amended = Amended(standing.Entry, command);
        if (Evidence.Wrong(amended, now).FirstOrDefault() is { Field: { } field, Message: var message })
            return new Refusal("entry-unacceptable", $"{field}: {message}");
        if (amended.Kind != standing.Entry.Kind && Categories.IsOfPlatform(amended.Kind))
            return new Refusal("entry-unacceptable", $"kind: '{amended.Kind}' is told by the platform itself.");
        return FieldChanges.Between(standing.Entry, amended).Any()
            ? [new EntryAmended(standing.Id, standing.Version + 1, amended, command.Reason.Trim(), by.Name, now)]
            : [];
    }

    public static Decision Redact(StandingEntry standing, RedactEntry command, Actor by, DateTimeOffset now) =>
        standing.IsRedacted
            ? []
            :
            [
                new EntryRedacted(
                    standing.Id,
                    standing.Entry.Source,
                    standing.Entry.Kind,
                    standing.Entry.Services,
                    standing.Entry.IncidentId,
                    command.Reason.Trim(),
                    by.Name,
                    now
                ),
            ];

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
    private const int Races = 8;

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
        Sight sight,
        IDocumentStore store,
        Streams streams,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        Correct(
            id,
            version,
            by,
            sight,
            store,
            streams,
            vault,
            e => Correcting.Amend(e, command, by, clock.GetUtcNow()),
            stop
        );

    private static Task<IResult> Retract(
        Guid id,
        RetractEntry command,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IDocumentStore store,
        Streams streams,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        Correct(
            id,
            version,
            by,
            sight,
            store,
            streams,
            vault,
            e => Correcting.Retract(e, command, by, clock.GetUtcNow()),
            stop
        );

    /// <summary>Decides on an entry as it stands. What was written meanwhile is read again.</summary>
    public static async Task<IResult> Correct(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IDocumentStore store,
        Streams streams,
        VaultSchema vault,
        Func<StandingEntry, Decision> decide,
        CancellationToken stop
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var session = store.QuerySession();
            if (await EntriesSchema.Standing(sight, session, vault, id, stop) is not { } found)
                return Answers.Missing();
            if (found.Entry is not { } standing)
                return new Outcome.Refused(Correcting.OfPlatform).ToResult();
            if (version.Version is { } wanted && wanted != found.Version)
                return new Outcome.Stale(found.Version).ToResult();
            var decision = decide(standing);
            if (decision is { Refusal: null, Events.Count: 0 })
                return new Outcome.Done(id, found.Version, 0).ToResult();
            decision = decision.With(await vault.NewSeal(by, stop));
            var outcome = await Append(EntriesSchema.CorrectionsOf(id), found.Version, by, streams, decision, stop);
            var lost = outcome is Outcome.Stale or Outcome.Taken or Outcome.Repeated;
            if (!lost || version.Version is not null || attempt == Races)
                return Versioned(outcome).ToResult();
        }
    }

    // The first correction of all starts the stream. An entry's version is one more than that of its corrections.
    private static Task<Outcome> Append(
        Guid stream,
        long version,
        Actor by,
        Streams streams,
        Decision decision,
        CancellationToken stop
    ) =>
        version == 1
            ? streams.Start<Correction>(NewStream.Of(stream), by, decision, stop)
            : streams.Decide<Correction>(stream, new ExpectedVersion(version - 1), by, _ => decision, stop);

    private static Outcome Versioned(Outcome outcome) =>
        outcome switch
        {
            Outcome.Done done => done with { Version = done.Version + 1 },
            Outcome.Stale stale => new Outcome.Stale(stale.Version + 1),
            Outcome.Repeated repeated => new Outcome.Stale(repeated.Version + 1),
            Outcome.Taken => new Outcome.Stale(2),
            _ => outcome,
        };
}
