using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>How bad an incident is. SEV-1 is the worst.</summary>
public enum Severity
{
    /// <summary>Most users cannot do what they came for.</summary>
    Sev1,

    /// <summary>Many users are hindered.</summary>
    Sev2,

    /// <summary>Some users notice.</summary>
    Sev3,

    /// <summary>Hardly anybody notices.</summary>
    Sev4,
}

/// <summary>Declares an incident on a service.</summary>
/// <param name="Service">The service that suffers. 1 to 100 characters.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What people see, in a few words. 1 to 200 characters.</param>
/// <param name="StartedAt">When it began; now when absent. Not in the future.</param>
/// <param name="Triage">It may be one: it is looked at first, and then accepted or declined.</param>
/// <param name="Drill">An exercise: it counts in no figure, budget or toil, and halts no run.</param>
/// <param name="Private">Only whoever has a part in it knows of it.</param>
public sealed record DeclareIncident(
    [property: Required, StringLength(100, MinimumLength = 1)] string Service,
    [property: JsonRequired] Severity Severity,
    [property: Required, StringLength(200, MinimumLength = 1)] string Title,
    DateTimeOffset? StartedAt = null,
    bool Triage = false,
    bool Drill = false,
    bool Private = false
);

/// <summary>Says that what was looked at is no incident.</summary>
/// <param name="Reason">Why it is none. 1 to 1,000 characters.</param>
public sealed record DeclineIncident([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>Says that an incident is the same as another one.</summary>
/// <param name="Into">The one that goes on, by id or number (<c>INC-7</c>). 1 to 100 characters.</param>
/// <param name="Reason">Why they are one. 1 to 1,000 characters.</param>
public sealed record MergeIncident(
    [property: Required, StringLength(100, MinimumLength = 1)] string Into,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>Says that an incident that was over goes on.</summary>
/// <param name="Reason">What came back. 1 to 1,000 characters.</param>
public sealed record ReopenIncident([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>Changes how bad an incident is said to be.</summary>
/// <param name="Severity">The new severity.</param>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record ChangeSeverity(
    [property: JsonRequired] Severity Severity,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>Writes something into an incident's timeline.</summary>
/// <param name="Text">What was seen, decided or done. 1 to 10,000 characters.</param>
/// <param name="OccurredAt">When it happened; now when absent. Not in the future.</param>
public sealed record AddNote(
    [property: Required, StringLength(10_000, MinimumLength = 1)] string Text,
    DateTimeOffset? OccurredAt = null
);

/// <summary>Says that users no longer suffer, though the cause may remain.</summary>
/// <param name="Summary">What stopped the pain. 1 to 1,000 characters.</param>
public sealed record MitigateIncident([property: Required, StringLength(1000, MinimumLength = 1)] string Summary);

/// <summary>Ends an incident.</summary>
/// <param name="Resolution">What was wrong and what ended it. 1 to 2,000 characters.</param>
public sealed record ResolveIncident([property: Required, StringLength(2000, MinimumLength = 1)] string Resolution);
