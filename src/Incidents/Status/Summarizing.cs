using Steady.Contracts.Incidents;

namespace Steady.Incidents.Status;

/// <summary>The page, from what is stored. Pure.</summary>
public static class Summarizing
{
    public const int Days = 90;

    /// <param name="components">What customers know: name, and name for customers.</param>
    /// <param name="stories">What they were told, also of what they do not know.</param>
    public static StatusSummary Of(
        IReadOnlyList<(string Name, string Title)> components,
        IReadOnlyList<PublicStory> stories,
        DateTimeOffset now
    )
    {
        var titles = components.ToDictionary(one => one.Name, one => one.Title);
        var told = stories.Where(story => IsShown(story) && titles.ContainsKey(story.Service));
        var open = told.ToLookup(story => story.EndedAt is null);
        var shown = components
            .Select(one => new StatusComponent(one.Name, one.Title, Worst(open[true], one.Name)))
            .OrderBy(one => one.Title, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new StatusSummary(
            now,
            false,
            shown.Select(one => one.Impact).DefaultIfEmpty(StatusImpact.None).Max(),
            shown,
            Views(open[true]),
            Views(open[false].Where(story => story.EndedAt > now.AddDays(-Days)))
        );

        IReadOnlyList<StatusStory> Views(IEnumerable<PublicStory> some) =>
            [.. some.Select(story => View(story, titles[story.Service])).OrderByDescending(story => story.StartedAt)];
    }

    /// <summary>Whether customers read it, if they know its component; an exercise hurts nobody.</summary>
    public static bool IsShown(PublicStory story) => story is { IsTold: true, Drill: false, Private: false };

    /// <summary>What became part of another incident goes on, eases and ends with that one.</summary>
    /// <param name="story">What was told of it.</param>
    /// <param name="survivor">The incident that it is part of now.</param>
    public static PublicStory With(PublicStory story, PublicStory survivor) =>
        story with
        {
            Step = survivor.Step,
            EndedAt = survivor.EndedAt,
            // What happens to either happens to it.
            Changes = story.Changes + survivor.Changes,
            // What is part of a private incident is as private.
            Private = survivor.Private,
        };

    private static StatusImpact Worst(IEnumerable<PublicStory> stories, string service) =>
        stories
            .Where(story => story.Service == service)
            .Select(story => story.Impact)
            .DefaultIfEmpty(StatusImpact.None)
            .Max();

    private static StatusStory View(PublicStory story, string title) =>
        new(
            story.Id,
            title,
            story.Notes[0].At,
            story.EndedAt,
            story.Notes.Select(note => note.Impact).Append(story.Impact).Max(),
            story.Step,
            [.. story.Notes.Reverse()]
        );
}
