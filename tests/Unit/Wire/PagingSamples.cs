using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;

namespace Steady.Tests.Unit.Wire;

internal static partial class Samples
{
    private static object[] Paging =>
        [
            new ContactSet(
                "ana",
                [
                    new("mail", ChannelKind.Email, "…@example.org", 0),
                    new("phone", ChannelKind.Webhook, "pager.example.org", 3),
                    new("console", ChannelKind.Console, null, 0),
                ],
                "She joined.",
                "ana",
                Noon,
                "Europe/Berlin"
            ),
            new ChannelSwitchedOff("ana", "phone", "its receiver says that it is gone (HTTP 410)", Later),
            new EscalationPolicySet("pay", ["checkout", "*"], Steps, 2, 30, "Payments page themselves.", "ana", Noon),
            new EscalationBegan(One, 7, "checkout", "pay", Steps, 2, 30, Noon),
            new EscalationUnrouted(One, 7, "checkout", Noon),
            new StepReached(
                One,
                "checkout",
                "pay",
                0,
                1,
                [new(Two, "ana", "mail", ChannelKind.Email, "payments", Noon)],
                ["nobody is on call in nights"],
                Later,
                Noon
            ),
            new EscalationStopped(One, "checkout", "ana has it", Later),
            new EscalationResumed(One, "checkout", "It burns", "bo", Later),
            new EscalationHurried(One, "checkout", "It burns", "bo", Later),
            new EscalationExhausted(One, "checkout", "nobody could be paged", Later),
            new PageRequested(One, 7, "checkout", "ana", "mail", ChannelKind.Email, "step 1 of pay", Noon, Noon, "bo"),
            new PageTaken(1, Later, Noon),
            new PageAttempted(One, "checkout", "ana", "mail", 1, false, "HTTP 503", Later, Noon),
            new PageDropped(One, "checkout", "ana", "mail", "ana has it", Later),
            new PagerFellIll("The pager does not get round.", Noon),
            new PagerRecovered(Later),
        ];

    private static EscalationStep[] Steps =>
        [
            new(
                [new("payments"), new(Contact: "bo")],
                5,
                new StepCondition(
                    [Severity.Sev1],
                    [new([DayOfWeek.Saturday], "09:00", "17:00")],
                    "Europe/Berlin",
                    14.4m
                )
            ),
        ];
}
