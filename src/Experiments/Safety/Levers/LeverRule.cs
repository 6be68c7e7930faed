using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Experiments.Safety.Levers;

/// <summary>
/// The environments whose safety lever is pulled when a SEV1 or SEV2 incident is declared, or becomes one. An incident names
/// no environment, so each of them stops.
/// </summary>
/// <param name="Environments">The setting <c>Levers:OnIncident</c>.</param>
public sealed record LeverRule(IReadOnlyList<string> Environments)
{
    public static Actor By { get; } = new("rule:incident");

    public static LeverRule Of(IConfiguration configuration) =>
        new(configuration.GetSection("Levers:OnIncident").Get<string[]>() ?? []);

    public IReadOnlyList<string> EngagedBy(Severity severity) =>
        severity is Severity.Sev1 or Severity.Sev2 ? Environments : [];
}
