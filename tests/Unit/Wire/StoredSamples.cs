using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Intake;
using Steady.Incidents.Learning;
using Steady.Incidents.OnCall;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Query;
using Heard = Steady.Incidents.Intake;
using Stored = Steady.Incidents.Response;

namespace Steady.Tests.Unit.Wire;

internal static partial class Samples
{
    public static IReadOnlyList<object> Incidents { get; } =
    [
        new Stored.IncidentDeclared(7, "checkout", Severity.Sev2, "Nobody can pay", Two, Noon, "ana", Later),
        new AlertAttached("checkout", Two, "checkout burns its error budget", "rule:burn-alert", Later),
        new Stored.IncidentAcknowledged("checkout", "bo", Later, "ana"),
        new Stored.IncidentSeverityChanged("checkout", Severity.Sev1, "All regions", "ana", Later),
        new FirstPersonNotified("checkout", "ana", "rule:pager", Later),
        new NoteAdded("checkout", "Disk is full", Noon, "bo", Later),
        new Stored.IncidentMitigated("checkout", "Rolled back", "bo", Later),
        new Stored.IncidentResolved(
            "checkout",
            "Nobody can pay",
            "A bad release",
            Noon,
            "ana",
            Later,
            [new("ana", Noon, Later)]
        ),
        new Stored.IncidentAccepted("checkout", "ana", Later),
        new Stored.IncidentDeclined("checkout", "A test order", "ana", Later),
        new Stored.IncidentMerged("checkout", Two, 9, "One outage", "ana", Later),
        new IncidentAbsorbed(
            "checkout",
            "Nobody can pay",
            ["checkout"],
            Noon,
            [new(One, 7, Later)],
            [Two],
            ["HighErrorRate Sev2"],
            [new("ana", Noon, Later)],
            "One outage",
            "ana",
            Later
        ),
        new Stored.IncidentReopened(7, "checkout", Severity.Sev2, "Nobody can pay", "It is back", "ana", Later),
        new Stored.IncidentClosed("checkout", "ana", Later),
        new TaskAdded("checkout", One, 1, "Call the bank", "bo", Later, "https://tickets/1", "ana", Noon),
        new TaskChanged("checkout", 1, "Call the bank", "cleo", Later, null, "ana", Noon),
        new TaskDone("checkout", 1, "Call the bank", "They know", "cleo", Later),
        new TaskOverdue("checkout", 1, "Call the bank", "bo", Noon, Later),
        new Stored.UpdatePosted("checkout", One, 1, "We **know**.", UpdateAudience.Customers, Later, "ana", Noon),
        new UpdateOverdue("checkout", Noon, Later),
        new IncidentMadePrivate("checkout", "A colleague is concerned", "ana", Later),
        new IncidentMadePublic("checkout", "It is in the papers", "ana", Later),
        new PersonAdded("checkout", "bo", "Knows the ledger", "ana", Later),
        new PersonRemoved("checkout", "bo", "Has left", "ana", Later),
        new RoleAssigned("checkout", IncidentRole.Scribe, "cleo", "ana", Later),
        new RoleReleased("checkout", IncidentRole.Scribe, "cleo", "ana", Later),
        new HandoverOffered("checkout", Two, IncidentRole.Commander, "ana", "bo", "Ledger is slow", Later, "ana", Noon),
        new HandoverConfirmed("checkout", Two, IncidentRole.Commander, "ana", "bo", "bo", Later),
        new HandoverDeclined("checkout", Two, IncidentRole.Commander, "bo", "On a train", "bo", Later),
        new HandoverWithdrawn("checkout", Two, IncidentRole.Commander, "bo", "ana", Later),
        new HandoverExpired("checkout", Two, IncidentRole.Commander, "ana", "bo", Later),
        new TimestampStated("checkout", IncidentMoment.Mitigated, Noon, "The graph says so", "ana", Later),
        new SeveritiesSet(
            [new(Severity.Sev1, "Most users cannot pay.", ["Nobody can pay."], ["customers"], 30)],
            "Said aloud",
            "ana",
            Later
        ),
        new EntryRecorded(
            "budgets",
            "gate-decided",
            Noon,
            ["checkout"],
            null,
            One,
            "cd",
            "0af7651916cd43dd8448eb211c80319c",
            "The gate denies it.",
            new Dictionary<string, string> { ["severitytext"] = "WARN" }
        ),
        new EntryRedacted(One, "api", "note", ["checkout"], Two, "It named a customer", "ana", Later),
        new PersonRedacted("bo", "Bo has left", "ana", Later),
        new EntryAmended(One, 2, Evidence, "The clock was an hour ahead", "ana", Later),
        new EntryRetracted(One, 2, "api", "deploy", ["checkout"], Two, "It was another cluster", "ana", Later),
        new ViewSet("deploys-today", "kind:deploy from:-24h", "What went out", "ana", Noon),
        new ViewRemoved("deploys-today", "ana", Later),
        new ViewWebhookSet("deploys-today", "hooks.example.org", 100, "ana", Noon),
        new ViewWebhookSwitchedOff("deploys-today", "its receiver says that it is gone (HTTP 410)", Later),
        new ViewWebhookRemoved("deploys-today", "ana", Later),
        new FollowUpOpened(
            "finding",
            One,
            "Checkout waits for prices",
            ["checkout"],
            "Cache the prices.",
            "bo",
            new DateOnly(2026, 12, 31),
            "ana",
            Noon
        ),
        new FollowUpLinked(["checkout"], "https://tickets/2", "bo", Later),
        new FollowUpOverdue(["checkout"], "Cache the prices.", "bo", new DateOnly(2026, 12, 31), Later),
        new FollowUpCompleted(["checkout"], "Prices are cached for a minute.", "bo", Later),
        new Heard.AlertFired(
            "prod",
            "8a07086b74f3ba78",
            "HighErrorRate",
            "checkout",
            Severity.Sev2,
            "HighErrorRate: Checkouts fail",
            new Dictionary<string, string> { ["alertname"] = "HighErrorRate", ["severity"] = "critical" },
            new Dictionary<string, string> { ["summary"] = "Checkouts fail" },
            "http://prometheus/graph",
            Noon,
            null,
            Noon
        ),
        new Heard.AlertResolved("checkout", "HighErrorRate: Checkouts fail", Later, Later),
        new AlertAcknowledged("checkout", "HighErrorRate: Checkouts fail", "prod", Later, Later),
        new AlertUnsilenced(
            "prod",
            "8a07086b74f3ba78",
            "HighErrorRate",
            "checkout",
            Severity.Sev2,
            "HighErrorRate: Checkouts fail",
            Noon,
            Later,
            true,
            null
        ),
        new SilenceSet(["service=\"checkout\""], Noon, Later, "Maintenance", "ana", Noon),
        new SilenceEnded("Done early", "bo", Later),
        new AlertRoutesSet(
            [new(AlertAction.Declare, Severity.Sev2, ["severity=\"critical\""], "checkout")],
            ["service"],
            "Critical pages",
            "ana",
            Noon
        ),
        new AlertGroupingSet([new(["region"], ["team=\"pay\""], ["checkout"], 60)], "By region", "ana", Noon),
        new ScheduleSet(
            "payments",
            "Europe/Berlin",
            [
                new(
                    "primary",
                    new DateOnly(2026, 11, 23),
                    "09:00",
                    TurnUnit.Day,
                    [new("ana"), new(null, new DateOnly(2026, 12, 1), new DateOnly(2027, 1, 1))],
                    [4, 3],
                    "Asia/Tokyo",
                    [new([DayOfWeek.Monday, DayOfWeek.Friday], "09:00", "17:30")],
                    [new DateOnly(2026, 12, 25)],
                    TurnOrder.Fair,
                    Shadow: true
                ),
            ],
            "The team grew.",
            "ana",
            Noon,
            [new("bo", Later, 12.5m, 0)]
        ),
        new ScheduleOverridden("payments", Two, "bo", Noon, Later, "Ana is at the dentist.", "ana", Noon),
        new OverrideCancelled("payments", Two, "ana", Later),
        new CatalogEntrySet(
            CatalogKind.Component,
            "checkout",
            new(
                "Checkout",
                "Takes the money.",
                "payments",
                "shop",
                "service",
                "production",
                1,
                true,
                [new("ledger"), new("reviews", CatalogKind.Api, DependencyStrength.Soft, "Shown without reviews.")]
            ),
            "ana",
            Noon
        ),
        new CatalogEntryRemoved(CatalogKind.Component, "checkout", "ana", Later),
        new PostmortemStarted(One, 7, "checkout", "Nobody can pay", "ana", Noon),
        new SectionWritten(One, "checkout", PostmortemSection.WentWell, "The *alert* came at once.", "ana", Noon),
        new PostmortemSubmitted(One, "checkout", "ana", Noon),
        new PostmortemSentBack(One, "checkout", "What was the trigger?", "bo", Later),
        new PostmortemReviewed(One, "checkout", "Good.", "bo", Later),
        new PostmortemPublished(One, "checkout", "ana", Later),
        new KeyMomentTold(One, "checkout", Two, "Here we looked at the wrong graph.", "ana", Later),
        new KeyMomentLeftOut(One, "checkout", Two, "bo", Later),
        new SwapProposed("payments", One, "bo", new(Noon, Later), new(Noon, Later), "Concert", "ana", Noon),
        new SwapAccepted("payments", One, "bo", Later),
        new SwapDeclined("payments", One, "bo", Later),
        new SwapWithdrawn("payments", One, "ana", Later),
        new CalendarLinkCreated("payments", null, "ana", Noon),
        new CalendarLinkRevoked("ana", Later),
        new IntegrationKeyCreated("prod", One, IntegrationKind.Pagerduty, "9xYz", "ana", Noon),
        new IntegrationKeyRevoked("prod", One, "ana", Later),
        .. Paging,
        .. Analysis,
    ];

    private static EntryRecorded Evidence =>
        new(
            "api",
            "deploy",
            Noon,
            ["checkout"],
            Two,
            null,
            "ana",
            "0af7651916cd43dd8448eb211c80319c",
            "release-7 went out.",
            new Dictionary<string, string> { ["author"] = "bo" },
            Later,
            EntryPrecision.Minute,
            "build-7",
            EntryConfidence.High,
            [new("https://ci/7", "The build")],
            [One],
            "rollout-7",
            Later
        );
}
