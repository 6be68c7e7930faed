using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

// Events and state of a composite. These names and shapes are what is stored.

public sealed record CompositeDefined(string Name, DefineComposite Terms, string By, DateTimeOffset At);

public sealed record CompositeRetired(string Name, string By, DateTimeOffset At);

public sealed record Composite
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Name { get; init; }
    public required DefineComposite Terms { get; init; }
    public bool Retired { get; init; }

    public static Composite Create(CompositeDefined e) => new() { Name = e.Name, Terms = e.Terms };

    public Composite Apply(CompositeDefined e) => this with { Terms = e.Terms, Retired = false };

    public Composite Apply(CompositeRetired _) => this with { Retired = true };

    public static Guid IdOf(string name) => Kernel.StableId.From("composite", name);
}
