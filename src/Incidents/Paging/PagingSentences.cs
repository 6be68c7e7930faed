using Steady.Incidents.Timeline;

namespace Steady.Incidents.Paging;

/// <summary>Paging, as lines of the timeline.</summary>
public static class PagingSentences
{
    /// <summary>The label that says whether a page got through.</summary>
    public const string Delivered = "delivered";

    private const string Pager = "rule:pager";

    public static Line? Of(Guid stream, object data) => OfSetting(stream, data) ?? OfEscalation(data) ?? OfPage(data);

    private static Line? OfSetting(Guid stream, object data) =>
        data switch
        {
            ContactSet e => new(e.At, [], stream, $"How {e.Name} is paged was set: {e.Reason}") { By = e.By },
            ChannelSwitchedOff e => new(e.At, [], stream, $"{e.Name} is no longer paged over {e.Channel}: {e.Because}")
            {
                By = Pager,
            },
            EscalationPolicySet e => new(
                e.At,
                [.. e.Services.Where(service => service != EscalationPolicy.Everything)],
                stream,
                $"The escalation policy {e.Name} was set: {e.Reason}"
            )
            {
                By = e.By,
            },
            PagerFellIll e => new(e.At, [], stream, $"The pager is ill. {e.Because}") { By = Pager },
            PagerRecovered e => new(e.At, [], stream, "The pager works again.") { By = Pager },
            _ => null,
        };

    private static Line? OfEscalation(object data) =>
        data switch
        {
            EscalationBegan e => Of(e.At, e.Service, e.IncidentId, $"INC-{e.Number} is escalated by {e.Policy}."),
            EscalationUnrouted e => Of(
                e.At,
                e.Service,
                e.IncidentId,
                $"Nobody is paged for INC-{e.Number}: no escalation policy is for {e.Service}."
            ),
            StepReached e => Of(e.At, e.Service, e.IncidentId, Step(e)),
            EscalationStopped e => Of(e.At, e.Service, e.IncidentId, $"No more paging: {e.Because}."),
            EscalationResumed e => Of(
                e.At,
                e.Service,
                e.IncidentId,
                $"It is escalated again, from the first step: {e.Because}.",
                e.By
            ),
            EscalationHurried e => Of(
                e.At,
                e.Service,
                e.IncidentId,
                $"The next step is taken at once: {e.Reason}",
                e.By
            ),
            EscalationExhausted e => Of(e.At, e.Service, e.IncidentId, $"Nobody is left to page: {e.Because}."),
            _ => null,
        };

    private static Line? OfPage(object data) =>
        data switch
        {
            // What is told stands on the timeline where it happened.
            PageRequested { Notice: true } => null,
            // A step says itself whom it pages.
            PageRequested { By: { } by } e => Of(
                e.At,
                e.Service,
                e.IncidentId,
                $"{e.Person} is paged over {e.Channel}: {e.Because}",
                by
            ),
            PageAttempted e => Of(
                    e.At,
                    e.Service,
                    e.IncidentId,
                    e.Delivered ? $"{e.Person} was paged over {e.Channel}: {e.Result}"
                        : e.AgainAt is { } again
                            ? $"{e.Person} could not be paged over {e.Channel} ({e.Result}); tried again at {again:HH:mm:ss} UTC"
                        : $"{e.Person} could not be paged over {e.Channel}, and it is given up: {e.Result}",
                    Pager
                )
                .With(
                    "person",
                    e.Person,
                    "channel",
                    e.Channel.ToString().ToLowerInvariant(),
                    Delivered,
                    e.Delivered ? "true" : "false"
                ),
            PageDropped e => Of(
                e.At,
                e.Service,
                e.IncidentId,
                $"{e.Person} is not paged over {e.Channel}: {e.Because}.",
                Pager
            ),
            _ => null,
        };

    private static string Step(StepReached e)
    {
        var called = e.Calls.Select(call => $"{call.Person} over {call.Channel}").ToList();
        var step = $"Step {e.Step + 1}{(e.Round > 0 ? $", round {e.Round + 1}" : "")} of {e.Policy}";
        var missing = e.Unreachable.Count > 0 ? $" {string.Join("; ", e.Unreachable)}." : "";
        return called.Count > 0
            ? $"{step} pages {string.Join(", ", called)}; the next at {e.NextAt:HH:mm:ss} UTC.{missing}"
            : $"{step} reaches nobody.{missing}";
    }

    private static Line Of(
        DateTimeOffset at,
        string service,
        Guid? incident,
        string text,
        string by = Escalating.Rule
    ) => new(at, service.Length > 0 ? [service] : [], incident ?? Guid.Empty, text) { By = by, IncidentId = incident };
}
