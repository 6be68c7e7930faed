using Steady.Contracts.Budgets;

namespace Steady.Budgets.Objectives;

// Events and state of an objective. These names and shapes are what is stored.

public sealed record ObjectiveDefined(
    string Name,
    string DisplayName,
    string Service,
    string Sli,
    decimal Target,
    string Window,
    string By,
    DateTimeOffset At
);

public sealed record Objective
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required ObjectiveDefined Defined { get; init; }
    public required string Name { get; init; }

    public static Objective Create(ObjectiveDefined e) => new() { Defined = e, Name = e.Name };

    public static Guid IdOf(string name) => Kernel.StableId.From("objective", name);

    public ObjectiveView View() =>
        new(
            Id,
            Version,
            Defined.Name,
            Defined.DisplayName,
            Defined.Service,
            Defined.Sli,
            Defined.Target,
            Defined.Window,
            Defined.At,
            Defined.By
        );
}
