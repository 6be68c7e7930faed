using JasperFx.Events;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

// Events and state of an incident's story. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins
// them. What the entries say is not repeated here: it may have to be taken out of the log.

/// <summary>An entry of the timeline was taken into the story, or its words were written anew.</summary>
public sealed record KeyMomentTold(
    Guid IncidentId,
    string Service,
    Guid Entry,
    string? Text,
    string By,
    DateTimeOffset At
);

public sealed record KeyMomentLeftOut(Guid IncidentId, string Service, Guid Entry, string By, DateTimeOffset At);

/// <summary>The one story of an incident.</summary>
public sealed record ToldStory
{
    public Guid Id { get; init; }
    public long Version { get; init; }

    /// <summary>Each key moment as it stands, with how often it was told.</summary>
    public IReadOnlyList<KeyMoment> Told { get; init; } = [];

    /// <summary>The same incident always has the same story.</summary>
    public static Guid IdOf(Guid incident) => StableId.From("story", incident.ToString());

    public static ToldStory Create(KeyMomentTold e) => new ToldStory().Apply(e);

    public ToldStory Apply(KeyMomentTold e) =>
        this with
        {
            Told =
            [
                .. Told.Where(one => one.Entry != e.Entry),
                new KeyMoment(e.Entry, e.Text, (Find(e.Entry)?.Version ?? 0) + 1, e.By, e.At),
            ],
        };

    public ToldStory Apply(KeyMomentLeftOut e) => this with { Told = [.. Told.Where(one => one.Entry != e.Entry)] };

    public KeyMoment? Find(Guid entry) => Told.FirstOrDefault(one => one.Entry == entry);
}

/// <summary>A key moment as somebody told it.</summary>
public sealed record KeyMoment(Guid Entry, string? Text, int Version, string By, DateTimeOffset At);

/// <summary>How people make a story of a timeline. Pure.</summary>
public static class Telling
{
    /// <param name="before">The story so far; null while there is none.</param>
    /// <param name="incident">Whose it is.</param>
    /// <param name="entry">The entry of its timeline.</param>
    /// <param name="command">What is said with it.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision Tell(
        ToldStory? before,
        IncidentView incident,
        Guid entry,
        TellMoment command,
        Actor by,
        DateTimeOffset now
    )
    {
        var stands = before?.Find(entry);
        var text = command.Text is null ? stands?.Text : Given(command.Text);
        if (stands is not null && stands.Text == text)
            return [];
        if (command.Version is { } seen && seen != (stands?.Version ?? 0))
            return new Refusal(
                "moment-changed",
                stands is null
                    ? "Somebody has taken this moment out of the story meanwhile. Send your words without a version to take it in again."
                    : $"{stands.By} has written to this moment meanwhile: its version is {stands.Version}, yours is based on {seen}. Read it again, and send your words with version {stands.Version}."
            );
        return [new KeyMomentTold(incident.Id, incident.Service, entry, text, by.Name, now)];
    }

    /// <summary>Leaving out what is not in it changes nothing.</summary>
    public static Decision LeaveOut(
        ToldStory before,
        IncidentView incident,
        Guid entry,
        Actor by,
        DateTimeOffset now
    ) => before.Find(entry) is null ? [] : [new KeyMomentLeftOut(incident.Id, incident.Service, entry, by.Name, now)];

    /// <summary>The key moments, in the order of the timeline; what is not known any more is not told.</summary>
    public static IReadOnlyList<StoryMoment> Moments(ToldStory story, IEnumerable<TimelineEntry> known) =>
        [
            .. known
                .Select(entry => (Entry: entry, Told: story.Find(entry.Id)))
                .Where(one => one.Told is not null)
                .Select(one => new StoryMoment(one.Entry, one.Told!.Text, one.Told.Version, one.Told.By, one.Told.At)),
        ];

    /// <summary>The story as it was by a moment; as it is, without one.</summary>
    public static ToldStory? Fold(IEnumerable<IEvent> stored, DateTimeOffset? by) =>
        stored
            .Where(one => by is null || one.Timestamp <= by)
            .Aggregate(
                (ToldStory?)null,
                (story, one) =>
                    one.Data switch
                    {
                        KeyMomentTold e => story?.Apply(e) ?? ToldStory.Create(e),
                        KeyMomentLeftOut e => story?.Apply(e),
                        _ => story,
                    }
            );

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
