using System.Diagnostics.CodeAnalysis;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

/// <summary><c>?mode=strict</c> or <c>?mode=lenient</c>; strict when it is not said.</summary>
public sealed record ReadMode(Mode Mode)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out ReadMode? mode)
    {
        mode = text switch
        {
            "strict" => new(Mode.Strict),
            "lenient" => new(Mode.Lenient),
            _ => null,
        };
        return mode is not null;
    }
}
