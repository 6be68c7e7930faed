using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

// Events and state of a page. These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

/// <summary>
/// One message to one person over one channel is to be sent; by a step of an escalation, or somebody asks for it. A notice is told and
/// wakes nobody.
/// </summary>
public sealed record PageRequested(
    Guid? IncidentId,
    long? Number,
    string Service,
    string Person,
    string Channel,
    ChannelKind Kind,
    string Because,
    DateTimeOffset DueAt,
    DateTimeOffset At,
    string? By = null,
    bool Notice = false
);

/// <summary>Somebody sends it now; who has not said what came of it by then is taken for dead.</summary>
public sealed record PageTaken(int Attempt, DateTimeOffset Until, DateTimeOffset At);

public sealed record PageAttempted(
    Guid? IncidentId,
    string Service,
    string Person,
    string Channel,
    int Attempt,
    bool Delivered,
    string Result,
    DateTimeOffset? AgainAt,
    DateTimeOffset At
);

public sealed record PageDropped(
    Guid? IncidentId,
    string Service,
    string Person,
    string Channel,
    string Because,
    DateTimeOffset At
);

/// <summary>A page, until it is delivered, given up or no longer needed.</summary>
public sealed record Page
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required PageRequested Requested { get; init; }
    public PageStatus Status { get; init; }
    public int Attempts { get; init; }
    public string? Result { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    // For queries.
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public string Person { get; init; } = "";
    public Guid? IncidentId { get; init; }

    public static Page Create(PageRequested e) =>
        new()
        {
            Requested = e,
            DueAt = e.DueAt,
            RequestedAt = e.At,
            Person = e.Person,
            IncidentId = e.IncidentId,
        };

    public Page Apply(PageTaken e) => this with { Attempts = e.Attempt, DueAt = e.Until };

    public Page Apply(PageAttempted e) =>
        this with
        {
            Result = e.Result,
            Status =
                e.Delivered ? PageStatus.Delivered
                : e.AgainAt is null ? PageStatus.Failed
                : PageStatus.Waiting,
            DueAt = e.AgainAt ?? DueAt,
            DoneAt = e.AgainAt is null ? e.At : null,
        };

    public Page Apply(PageDropped e) => this with { Status = PageStatus.Dropped, Result = e.Because, DoneAt = e.At };

    public PageView View() =>
        new(
            Id,
            IncidentId,
            Requested.Number,
            Person,
            Requested.Channel,
            Requested.Kind,
            Requested.Because,
            Status,
            Attempts,
            Result,
            RequestedAt,
            Status == PageStatus.Waiting ? DueAt : null,
            DoneAt,
            Requested.Notice
        );
}

/// <summary>What came of an attempt to deliver.</summary>
/// <param name="Delivered">The receiver took it.</param>
/// <param name="Result">For people.</param>
/// <param name="Again">Whether it is worth trying again.</param>
/// <param name="NotBefore">When the receiver wants to be asked again, at the soonest.</param>
/// <param name="IsGone">The receiver says that it is no more (410).</param>
public sealed record Delivery(
    bool Delivered,
    string Result,
    bool Again = true,
    DateTimeOffset? NotBefore = null,
    bool IsGone = false
);

/// <summary>When a page is tried, and what is made of it. Pure.</summary>
public static class Delivering
{
    /// <summary>Longer than an attempt may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // A pager that has not got through after ten minutes has been overtaken by the next step.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(3),
        TimeSpan.FromMinutes(5),
    ];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Nothing when it is done, or somebody sends it already.</summary>
    public static Decision Take(Page page, DateTimeOffset now) =>
        page.Status == PageStatus.Waiting && page.DueAt <= now
            ? [new PageTaken(page.Attempts + 1, now + Lease, now)]
            : [];

    /// <summary>What came of it counts even when the page was dropped meanwhile, if it was delivered.</summary>
    public static Decision Settle(Page page, int attempt, Delivery delivery, DateTimeOffset now)
    {
        if (page.Status is PageStatus.Delivered or PageStatus.Failed || page.Attempts != attempt)
            return [];
        if (page.Status == PageStatus.Dropped && !delivery.Delivered)
            return [];
        DateTimeOffset? again = null;
        if (!delivery.Delivered && delivery.Again && attempt <= Waits.Length)
        {
            again = now + Waits[attempt - 1];
            if (delivery.NotBefore is { } later && later > again)
                again = later < now + Longest ? later : now + Longest;
        }

        var of = page.Requested;
        return
        [
            new PageAttempted(
                of.IncidentId,
                of.Service,
                of.Person,
                of.Channel,
                attempt,
                delivery.Delivered,
                delivery.Result,
                again,
                now
            ),
        ];
    }

    /// <summary>
    /// Whether a page that waits is dropped as its escalation stops. Whom somebody asked for is wanted although somebody else has the
    /// incident.
    /// </summary>
    public static bool IsNoLongerNeeded(Page page, bool isOver) => isOver || page.Requested.By is null;

    /// <summary>No longer needed; one that is on its way may still arrive.</summary>
    public static Decision Drop(Page page, string because, DateTimeOffset now) =>
        page.Status == PageStatus.Waiting
            ?
            [
                new PageDropped(
                    page.IncidentId,
                    page.Requested.Service,
                    page.Person,
                    page.Requested.Channel,
                    because,
                    now
                ),
            ]
            : [];
}
