using Steady.Kernel;

namespace Steady.Experiments.GameDays;

/// <summary>What several rules of a game day refuse in the same words.</summary>
internal static class Refusals
{
    public static Refusal Over(GameDay day) =>
        new("gameday-over", $"'{day.Plan.Name}' is concluded, and its report is final. Plan another game day.");

    public static Refusal NotYours(string what, string who) =>
        new("gameday-role-missing", $"{what} is for {who}. Ask one of them, or have the role assigned to you.");
}
