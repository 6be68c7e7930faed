using Steady.Contracts.Incidents;
using Steady.Incidents.Response;

namespace Steady.Incidents.Timeline;

/// <summary>How an incident is worked on, as lines of its timeline.</summary>
public static class WorkSentences
{
    public static Line? Of(object data) =>
        data switch
        {
            TimestampStated e => Own(
                e.At,
                e.Service,
                e.By,
                e.OccurredAt is { } at
                    ? $"{Words(e.Moment)} at {at.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC, says {e.By}: {e.Reason}"
                    : $"{e.By} takes back what was said of {Words(e.Moment).ToLowerInvariant()}: {e.Reason}"
            ),
            _ => null,
        };

    private static string Words(IncidentMoment moment) =>
        moment switch
        {
            IncidentMoment.ImpactStarted => "Users began to suffer",
            IncidentMoment.Detected => "It was noticed",
            IncidentMoment.FirstNotified => "The first person was told",
            IncidentMoment.CommanderJoined => "The commander joined",
            IncidentMoment.Identified => "The cause was known",
            IncidentMoment.PostmortemPublished => "The postmortem was published",
            _ => $"It was {moment}".ToLowerInvariant() is var said ? $"I{said[1..]}" : "",
        };

    private static Line Own(DateTimeOffset at, string service, string by, string text) =>
        new(at, [service], Guid.Empty, text) { By = by };
}
