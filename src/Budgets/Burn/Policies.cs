using System.Numerics;

namespace Steady.Budgets.Burn;

/// <summary>
/// Figures of the SRE Workbook's example policy (appendix B) and of being on call (SRE book, chapter 11). Shares are of
/// the whole budget.
/// </summary>
public static class Policies
{
    /// <summary>What a freeze lets through.</summary>
    public static IReadOnlyList<string> AllowedInFreeze { get; } = ["P0 fix", "security fix"];

    /// <summary>More than the budget of the last four weeks is spent: changes stop.</summary>
    public static bool Freezes(Rational spent) => spent > 1;

    /// <summary>One incident spent more than a fifth of the budget of four weeks: a postmortem with a P0 action.</summary>
    public static bool WantsPostmortem(Rational incidentShare) => incidentShare > new Rational(1, 5);

    /// <summary>One class of outages spent more than a fifth of a quarter's budget: a P0 item on the next plan.</summary>
    public static bool WantsPlanItem(Rational classShare) => classShare > new Rational(1, 5);

    /// <summary>How many incidents a shift can handle well.</summary>
    public static BigInteger IncidentsPerShift(Rational shiftHours, Rational hoursPerIncident) =>
        (shiftHours / hoursPerIncident).Floor;

    /// <summary>How many people it takes so that nobody is on call for more than a share of the time.</summary>
    public static BigInteger Engineers(Rational atOnce, Rational share) => (atOnce / share).Ceiling;

    /// <summary>Whether operations took more than their share of a team's hours; 1/2 for the cap of toil.</summary>
    public static bool IsOverCap(Rational operationsHours, Rational allHours, Rational cap) =>
        operationsHours > cap * allHours;
}
