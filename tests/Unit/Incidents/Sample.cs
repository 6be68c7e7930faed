using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using IncidentAcknowledged = Steady.Incidents.Response.IncidentAcknowledged;
using IncidentDeclared = Steady.Incidents.Response.IncidentDeclared;
using IncidentMitigated = Steady.Incidents.Response.IncidentMitigated;
using IncidentResolved = Steady.Incidents.Response.IncidentResolved;

namespace Steady.Tests.Unit.Incidents;

/// <summary>The life of one incident: Ana commands, Bo operates.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Noon.AddMinutes(10);
    public static readonly Guid Alert = Guid.Parse("01990000-0000-7000-8000-00000000000a");
    public static readonly Actor Ana = new("ana");
    public static readonly Actor Bo = new("bo");

    public static readonly IncidentDeclared Declared = new(
        7,
        "checkout",
        Severity.Sev2,
        "Nobody can pay",
        Alert,
        Noon,
        "ana",
        Noon
    );
    public static readonly IncidentAcknowledged Acknowledged = new("checkout", "ana", Noon.AddMinutes(1));
    public static readonly IncidentMitigated Mitigated = new("checkout", "Rolled back", "bo", Noon.AddMinutes(5));
    public static readonly IncidentResolved Resolved = new(
        "checkout",
        "Nobody can pay",
        "A bad release",
        Noon,
        "ana",
        Noon.AddMinutes(9)
    );
}
