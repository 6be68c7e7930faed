using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

// Events and state of a composite. These names and shapes are what is stored.

public sealed record CompositeDefined(string Name, DefineComposite Terms, string By, DateTimeOffset At);

public sealed record CompositeRetired(string Name, string By, DateTimeOffset At);

/// <summary>
/// What is said about a burn alert is said in the same words as of an objective; wrapped, because a stored name belongs to
/// one kind of stream. Of shares, good and bad are numbers out of a million.
/// </summary>
public sealed record CompositeAlertOpened(BurnAlertOpened Alert);

public sealed record CompositeAlertEscalated(BurnAlertEscalated Alert);

public sealed record CompositeAlertClosed(BurnAlertClosed Alert);

public sealed record Composite
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Name { get; init; }
    public required DefineComposite Terms { get; init; }
    public bool Retired { get; init; }

    /// <summary>When the terms that hold now began to; figures that were read by others are not judged.</summary>
    public DateTimeOffset TermsSince { get; init; }

    public IReadOnlyList<OpenBurnAlert> Alerts { get; init; } = [];

    /// <summary>The newest judgement that changed something; figures from before it are not judged again.</summary>
    public DateTimeOffset JudgedAt { get; init; }

    public static Composite Create(CompositeDefined e) =>
        new()
        {
            Name = e.Name,
            Terms = e.Terms,
            TermsSince = e.At,
        };

    public Composite Apply(CompositeDefined e) => this with { Terms = e.Terms, TermsSince = e.At, Retired = false };

    public Composite Apply(CompositeRetired _) => this with { Retired = true };

    public Composite Apply(CompositeAlertOpened e) => Judged(e.Alert.At, [.. Alerts, Open(e.Alert)]);

    public Composite Apply(CompositeAlertEscalated e) =>
        Judged(e.Alert.At, [.. Alerts.Select(alert => alert.Id == e.Alert.AlertId ? Raised(alert, e.Alert) : alert)]);

    public Composite Apply(CompositeAlertClosed e) =>
        Judged(e.Alert.At, [.. Alerts.Where(alert => alert.Id != e.Alert.AlertId)]);

    public static Guid IdOf(string name) => Kernel.StableId.From("composite", name);

    private Composite Judged(DateTimeOffset at, IReadOnlyList<OpenBurnAlert> alerts) =>
        this with
        {
            Alerts = alerts,
            JudgedAt = at,
        };

    private static OpenBurnAlert Open(BurnAlertOpened e) =>
        new(e.AlertId, e.Severity, e.LongWindow, e.ShortWindow, e.Factor, e.At);

    private static OpenBurnAlert Raised(OpenBurnAlert alert, BurnAlertEscalated e) =>
        alert with
        {
            Severity = e.Severity,
            LongWindow = e.LongWindow,
            ShortWindow = e.ShortWindow,
            Factor = e.Factor,
        };
}
