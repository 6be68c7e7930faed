using Steady.Budgets.Burn;
using BurnSeverity = Steady.Contracts.Budgets.BurnSeverity;

namespace Steady.Budgets.Prometheus;

/// <summary>How a budget stood over time, from what was decided about it: alerts opened and closed, exhausted and restored.</summary>
public sealed class Standings
{
    private readonly List<DateTimeOffset> moments = [DateTimeOffset.MinValue];
    private readonly List<Standing> standings = [new(0, 0, false)];

    /// <param name="events">The budget's events, in order.</param>
    public Standings(IEnumerable<object> events)
    {
        var open = new Dictionary<Guid, BurnSeverity>();
        var exhausted = false;
        foreach (var happened in events)
        {
            DateTimeOffset at;
            switch (happened)
            {
                case BurnAlertOpened e:
                    (at, open[e.AlertId]) = (e.At, e.Severity);
                    break;
                case BurnAlertEscalated e:
                    (at, open[e.AlertId]) = (e.At, e.Severity);
                    break;
                case BurnAlertClosed e:
                    at = e.At;
                    open.Remove(e.AlertId);
                    break;
                case BudgetExhausted e:
                    (at, exhausted) = (e.At, true);
                    break;
                case BudgetRestored e:
                    (at, exhausted) = (e.At, false);
                    break;
                default:
                    continue;
            }

            moments.Add(at);
            var pages = open.Values.Count(severity => severity == BurnSeverity.Page);
            standings.Add(new Standing(pages, open.Count - pages, exhausted));
        }
    }

    /// <summary>How it stood at a moment, what was decided at that very moment included.</summary>
    public Standing At(DateTimeOffset moment) => standings[moments.FindLastIndex(at => at <= moment)];
}
