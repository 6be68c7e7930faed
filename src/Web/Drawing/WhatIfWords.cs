using Steady.Contracts.Budgets;

namespace Steady.Web.Drawing;

/// <summary>What other terms would have changed, as sentences. Pure.</summary>
public static class WhatIfWords
{
    public static IReadOnlyList<string> Of(WhatIfAnswer answer)
    {
        var (today, then) = (answer.Today, answer.WhatIf);
        return
        [
            today.Pages == then.Pages && today.Tickets == then.Tickets
                ? $"People would have been told as often as they were: {Told(then)}."
                : $"People would have got {Told(then)}, instead of {Told(today)}.",
            today.GateClosedMinutes == then.GateClosedMinutes
                ? $"The usual gate would have been closed as long as it was: {Words.Hours(then.GateClosedMinutes)}."
                : $"The usual gate would have been closed for {Words.Hours(then.GateClosedMinutes)}, instead of {Words.Hours(today.GateClosedMinutes)}.",
            (today.End.Remaining, then.End.Remaining) is ({ } left, { } other)
                ? $"Now {Words.Percent(other)} of the budget would be left, instead of {Words.Percent(left)}."
                : "What would be left now is not known: nothing was counted.",
        ];
    }

    private static string Told(WhatIfSide side) => $"{Count(side.Pages, "page")} and {Count(side.Tickets, "ticket")}";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
