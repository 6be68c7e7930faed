namespace Steady.Contracts.Incidents;

/// <summary>How much customers notice. The last is the worst.</summary>
public enum StatusImpact
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Something is slower or odd.</summary>
    Minor,

    /// <summary>Some cannot do what they came for, or all cannot do some of it.</summary>
    Partial,

    /// <summary>It does not work.</summary>
    Major,
}

/// <summary>How far those who work on it are.</summary>
public enum StatusStep
{
    /// <summary>Something is wrong; nobody knows what.</summary>
    Investigating,

    /// <summary>It is known what.</summary>
    Identified,

    /// <summary>Something was done; it is watched whether that was it.</summary>
    Monitoring,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>The public status page: what customers are told, and nothing else.</summary>
/// <param name="AsOf">When that was known.</param>
/// <param name="IsLastKnown">Whether it cannot be asked for at the moment, so that this is what was known last.</param>
/// <param name="Overall">The worst of all components.</param>
/// <param name="Components">What customers know, by title.</param>
/// <param name="Open">What is not over, newest first.</param>
/// <param name="Past">What was over within the last 90 days, newest first.</param>
public sealed record StatusSummary(
    DateTimeOffset AsOf,
    bool IsLastKnown,
    StatusImpact Overall,
    IReadOnlyList<StatusComponent> Components,
    IReadOnlyList<StatusStory> Open,
    IReadOnlyList<StatusStory> Past
);

/// <summary>Something that customers know.</summary>
/// <param name="Name">Its name in the catalog.</param>
/// <param name="Title">Its name for customers.</param>
/// <param name="Impact">How much they notice.</param>
public sealed record StatusComponent(string Name, string Title, StatusImpact Impact);

/// <summary>An incident as customers are told of it.</summary>
/// <param name="Id">Stable.</param>
/// <param name="Component">The component, by its name for customers.</param>
/// <param name="StartedAt">When they were first told.</param>
/// <param name="EndedAt">When they were told that it is over; null while it is not.</param>
/// <param name="Worst">The most that they noticed.</param>
/// <param name="Step">How far those who work on it are.</param>
/// <param name="Notes">What they were told, newest first.</param>
public sealed record StatusStory(
    Guid Id,
    string Component,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    StatusImpact Worst,
    StatusStep Step,
    IReadOnlyList<StatusNote> Notes
);

/// <summary>Something that customers were told.</summary>
/// <param name="At">When.</param>
/// <param name="Step">How far those who work on it were.</param>
/// <param name="Impact">How much customers noticed.</param>
/// <param name="Text">What they were told, Markdown.</param>
public sealed record StatusNote(DateTimeOffset At, StatusStep Step, StatusImpact Impact, string Text);
