using Steady.Contracts.Incidents;

namespace Steady.Incidents.Exchange;

/// <summary>
/// What the other services hear of a private incident: that there is one, on which service, how bad and how long, because runs must stop
/// and budgets must be told what spent them; never its number, and nothing that anybody wrote. Pure.
/// </summary>
public static class Veils
{
    private const string Words = "Private incident";

    public static object Over(object message) =>
        message switch
        {
            IncidentDeclared e => e with { Number = 0, Title = Words, Private = true },
            IncidentReopened e => e with { Number = 0, Title = Words, Reason = Words, Private = true },
            IncidentDeclined e => e with { Reason = Words },
            IncidentMerged e => e with { Reason = Words },
            UpdatePosted e => e with { Text = Words },
            IncidentSeverityChanged e => e with { Reason = Words },
            IncidentMitigated e => e with { Summary = Words },
            IncidentResolved e => e with { Title = Words, Resolution = Words },
            _ => message,
        };
}
