using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

// Events and state of an indicator's source. These names and shapes are what is stored.

public sealed record SourceSet(string Sli, SetSource Terms, string By, DateTimeOffset At);

public sealed record SourceDisabled(string Sli, string By, DateTimeOffset At);

public sealed record Source
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required SourceSet Current { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>Goes up when the source is set again after it was off: what was counted elsewhere meanwhile is not ours.</summary>
    public int Epoch { get; init; } = 1;

    public static Source Create(SourceSet e) => new() { Current = e };

    public Source Apply(SourceSet e) => this with { Current = e, Enabled = true, Epoch = Enabled ? Epoch : Epoch + 1 };

    public Source Apply(SourceDisabled _) => this with { Enabled = false };

    public static Guid IdOf(string sli) => Kernel.StableId.From("source", sli);
}
