using Steady.Contracts.Incidents;

namespace Steady.Web.Pages;

/// <summary>The documents that say what becomes of an alert until somebody wakes up.</summary>
public static class SettingKinds
{
    public static readonly IReadOnlyList<SettingKind> All =
    [
        new(
            "severities",
            "Severities",
            "What each means, who is told, and how soon the next word is due",
            "steady incident severities apply -f severities.yaml",
            "/settings",
            null,
            typeof(SetSeverities),
            Severities,
            (apis, _, to, version, stop) => apis.Incidents.SetSeverities((SetSeverities)to, version, stop)
        ),
        new(
            "alert-routes",
            "Alert routes",
            "Which alerts declare an incident, how bad it is and whose; the first that matches decides",
            "steady alert routes apply -f routes.yaml",
            "/settings",
            null,
            typeof(SetAlertRoutes),
            Routes,
            (apis, _, to, version, stop) => apis.Incidents.SetAlertRoutes((SetAlertRoutes)to, version, stop)
        ),
        new(
            "alert-grouping",
            "Alert grouping",
            "Which alerts of a service make one incident; the first rule that is for an alert decides",
            "steady alert grouping apply -f grouping.yaml",
            "/settings",
            null,
            typeof(SetAlertGrouping),
            Grouping,
            (apis, _, to, version, stop) => apis.Incidents.SetAlertGrouping((SetAlertGrouping)to, version, stop)
        ),
        new(
            "escalation-policies",
            "Escalation policy",
            "Whom the incidents of which services page, one step after the other, until somebody takes them",
            "steady escalation apply NAME -f policy.yaml",
            "/settings",
            "policy.yaml",
            typeof(SetEscalationPolicy),
            Policy,
            (apis, name, to, version, stop) => apis.Paging.SetPolicy(name, (SetEscalationPolicy)to, version, stop)
        ),
        new(
            "contacts",
            "Contact",
            "How a person, or the room of a team, is paged. An address is never shown again; left out, the one that a channel has is kept",
            "steady contact apply NAME -f contact.yaml",
            "/settings",
            "contact.yaml",
            typeof(SetContact),
            Contact,
            (apis, name, to, version, stop) => apis.Paging.SetContact(name, (SetContact)to, version, stop)
        ),
        new(
            "schedules",
            "Schedule",
            "Who is on call when. What was set before keeps saying who it was until now",
            "steady oncall apply NAME -f schedule.yaml",
            "/oncall",
            "schedule.yaml",
            typeof(SetSchedule),
            Schedule,
            (apis, name, to, version, stop) => apis.OnCall.Set(name, (SetSchedule)to, version, stop)
        ),
    ];

    private static async Task<StandingSetting> Severities(Apis apis, string name, CancellationToken stop)
    {
        var now = await apis.Incidents.Severities(stop: stop);
        return new(now.Version, new SetSeverities(now.Severities, now.Reason), now.SetBy, now.SetAt, now.Reason);
    }

    private static async Task<StandingSetting> Routes(Apis apis, string name, CancellationToken stop)
    {
        var now = await apis.Incidents.AlertRoutes(stop);
        var document = new SetAlertRoutes(now.Routes, now.ServiceLabels, now.Reason);
        return new(now.Version, document, now.SetBy, now.SetAt, now.Reason);
    }

    private static async Task<StandingSetting> Grouping(Apis apis, string name, CancellationToken stop)
    {
        var now = await apis.Incidents.AlertGrouping(stop);
        return new(now.Version, new SetAlertGrouping(now.Rules, now.Reason), now.SetBy, now.SetAt, now.Reason);
    }

    private static async Task<StandingSetting> Policy(Apis apis, string name, CancellationToken stop)
    {
        var now = await apis.Paging.Policy(name, stop);
        var document = new SetEscalationPolicy(
            now.Services,
            now.Steps,
            now.Repeat,
            now.AcknowledgedForMinutes,
            now.Reason
        );
        return new(now.Version, document, now.SetBy, now.SetAt, now.Reason);
    }

    private static async Task<StandingSetting> Contact(Apis apis, string name, CancellationToken stop)
    {
        var now = await apis.Paging.Contact(name, stop);
        var channels = now.Channels.Select(one => new SetChannel(one.Name, one.Kind, AfterMinutes: one.AfterMinutes));
        return new(
            now.Version,
            new SetContact([.. channels], now.Reason, now.TimeZone),
            now.SetBy,
            now.SetAt,
            now.Reason
        );
    }

    private static async Task<StandingSetting> Schedule(Apis apis, string name, CancellationToken stop)
    {
        var now = await apis.Incidents.Schedule(name, stop);
        return new(
            now.Version,
            new SetSchedule(now.TimeZone, now.Layers, now.Reason),
            now.SetBy,
            now.SetAt,
            now.Reason
        );
    }
}
