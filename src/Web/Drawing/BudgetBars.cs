using Steady.Contracts.Budgets;

namespace Steady.Web.Drawing;

/// <summary>The logarithmic axis of burn rates, with the three lines at which the workbook's alerts open.</summary>
public static class BurnAxis
{
    public const double Left = 34;
    public const double Right = 262;
    private const double Least = 0.1;
    private const double Most = 1000;

    public static IReadOnlyList<decimal> Lines { get; } = [1m, 6m, 14.4m];

    public static double X(decimal rate)
    {
        var clamped = Math.Clamp((double)rate, Least, Most);
        return Left + (Right - Left) * Math.Log10(clamped / Least) / Math.Log10(Most / Least);
    }

    public static string Tone(decimal rate) =>
        rate switch
        {
            >= 14.4m => "bad",
            >= 6m => "warn",
            > 1m => "fast",
            _ => "ok",
        };
}

/// <summary>One cause's part of a budget.</summary>
public sealed record SpendPart(double X, double Width, string Tone, string Title);

public static class SpendParts
{
    /// <summary>Side by side in the order of the status, largest first; what was overspent is cut at the end of the bar.</summary>
    public static IReadOnlyList<SpendPart> Of(BudgetStatus budget, double width)
    {
        var parts = new List<SpendPart>();
        var x = 0.0;
        foreach (var share in budget.Spend.Where(s => s.Bad > 0))
        {
            var part = Math.Min((double)share.ShareOfBudget * width, width - x);
            if (part <= 0)
                break;
            parts.Add(new SpendPart(x, part, Tone(share.Kind), Title(share)));
            x += part;
        }

        return parts;
    }

    public static string Tone(CauseKind kind) =>
        kind switch
        {
            CauseKind.Incident => "incident",
            CauseKind.Run => "run",
            CauseKind.Deploy => "deploy",
            CauseKind.Team => "team",
            _ => "background",
        };

    public static string Name(CauseKind kind) =>
        kind switch
        {
            CauseKind.Incident => "incident",
            CauseKind.Run => "game day",
            CauseKind.Deploy => "deploy",
            CauseKind.Team => "team",
            CauseKind.Background => "background",
            _ => "no cause known",
        };

    /// <summary>The letter in a cause's mark: the second carrier beside the colour.</summary>
    public static string Sign(CauseKind kind) =>
        kind switch
        {
            CauseKind.Incident => "!",
            CauseKind.Run => "G",
            CauseKind.Deploy => "D",
            CauseKind.Team => "T",
            _ => "·",
        };

    /// <summary>Where a cause has a page of its own.</summary>
    public static string? Href(CauseKind kind, Guid? id) =>
        (kind, id) switch
        {
            (CauseKind.Incident, { } incident) => $"/incidents/{incident}",
            (CauseKind.Run, { } run) => $"/gamedays/{run}",
            _ => null,
        };

    private static string Title(SpendShare share) =>
        $"{share.Label}: {Words.Number(share.Bad)} failures, {Words.Percent(share.ShareOfBudget, "0.##")} of the budget";
}
