using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>A fault that could not be shown to be gone is an incident of its own, whatever else is going on.</summary>
public static class DeclaringFromRevert
{
    public static Actor By { get; } = new("rule:revert-unconfirmed");

    /// <summary>The same run always means the same incident.</summary>
    public static Guid IncidentOf(Guid runId) => StableId.From("incident", runId.ToString());

    public static Decision Decide(
        RevertUnconfirmed report,
        long number,
        DateTimeOffset now,
        Promises? promises = null
    ) =>
        [
            new IncidentDeclared(
                number,
                report.Services.Count > 0 ? report.Services[0] : report.Edge,
                Severity.Sev2,
                $"A fault may still be in place on {report.Edge}",
                AlertId: null,
                report.StartedAt,
                By.Name,
                now,
                NextUpdateDueAt: promises?.From(Severity.Sev2, now)
            ),
        ];
}
