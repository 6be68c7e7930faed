using Steady.Incidents.Intake;

namespace Steady.Incidents.Timeline;

/// <summary>What comes from integrations, and what is said of them, as lines of a timeline.</summary>
public static class IntakeSentences
{
    private const string Alerts = "alerts";

    public static Line? Of(Guid stream, object data) =>
        data switch
        {
            AlertFired { IsNews: true } e => new(
                e.StartsAt,
                [e.Service],
                stream,
                $"{(e.EndsAt is null ? "Alert" : $"Alert, over at {e.EndsAt:HH:mm:ss} UTC before we heard of it")}: {e.Title}"
            )
            {
                By = e.Integration,
            },
            AlertResolved { IsNews: true } e => new(e.EndsAt, [e.Service], stream, $"Alert over: {e.Title}")
            {
                By = Alerts,
            },
            AlertAcknowledged e => new(
                e.OccurredAt,
                [e.Service],
                stream,
                $"{e.By} says that somebody there has seen the alert: {e.Title}"
            )
            {
                By = e.By,
            },
            AlertUnsilenced { IsNews: true } e => new(
                e.At,
                [e.Service],
                stream,
                $"Alert, since {e.StartsAt:yyyy-MM-dd HH:mm:ss} UTC, silenced until now: {e.Title}"
            )
            {
                By = e.Integration,
            },
            _ => OfSetting(stream, data),
        };

    private static Line? OfSetting(Guid stream, object data) =>
        data switch
        {
            SilenceSet e => new(
                e.At,
                [],
                stream,
                $"Alerts with {string.Join(", ", e.Matchers)} are silenced from {e.From:yyyy-MM-dd HH:mm} to {e.Until:yyyy-MM-dd HH:mm} UTC: {e.Reason}"
            )
            {
                By = e.By,
            },
            SilenceEnded e => new(e.At, [], stream, $"A silence was ended before its time: {e.Reason}") { By = e.By },
            AlertGroupingSet e => new(e.At, [], stream, $"Which alerts make one incident was set: {e.Reason}")
            {
                By = e.By,
            },
            AlertRoutesSet e => new(e.At, [], stream, $"What becomes of alerts was set: {e.Reason}") { By = e.By },
            IntegrationKeyCreated e => new(
                e.At,
                [],
                stream,
                $"A key of the integration {e.Integration} was made ({e.Kind.ToString().ToLowerInvariant()}, …{e.Hint})."
            )
            {
                By = e.By,
            },
            IntegrationKeyRevoked e => new(e.At, [], stream, $"A key of the integration {e.Integration} was revoked.")
            {
                By = e.By,
            },
            _ => null,
        };
}
