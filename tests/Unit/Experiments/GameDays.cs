using Steady.Contracts.Experiments;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.GameDays;

/// <summary>The game day that the tests tell their stories with: Ana planned it, Bo commands, Cleo operates, Dana writes, Eli owns.</summary>
internal static class GameDays
{
    // 14:00 to 16:00 in Berlin is 13:00 to 15:00 in UTC in winter.
    public static readonly DateTimeOffset Inside = new(2026, 12, 3, 13, 30, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Before = Inside.AddDays(-2);

    public static readonly GameDayPlan Plan = new(
        "december",
        "How slow may the ledger become?",
        "staging",
        new GameDayWindow(new DateOnly(2026, 12, 3), new TimeOnly(14, 0), new TimeOnly(16, 0), "Europe/Berlin"),
        [new AgendaItem("Briefing", null, 10), new AgendaItem("A slow ledger", "slow-ledger", 20)],
        [
            new("bo", GameDayRole.Commander),
            new("cleo", GameDayRole.Operator),
            new("dana", GameDayRole.Scribe),
            new("eli", GameDayRole.Owner),
            new("finn", GameDayRole.Observer),
        ]
    );

    public static readonly Occasion About = GameDay.Of(Plan);
    public static readonly GameDayPlanned Planned = new(About, Plan, "ana", Before);
    public static readonly ApprovalRequested Asked = new(About, Inside.AddDays(1), "ana", Before);
    public static readonly ApprovalGranted Granted = new(About, "Go ahead.", "gwen", Before);
    public static readonly AnnouncementSent Told = Announced(1, Inside.AddHours(-1));
    public static readonly AnnouncementAcknowledged Known = new(About, 1, "hana", Before);
    public static readonly Guid Run = Guid.Parse("01990000-0000-7000-8000-0000000000c1");
    public static readonly AgendaRunCalled Called = new(About, Run, "slow-ledger", "cleo", Inside);

    public static readonly object[] Ready =
    [
        Planned,
        Asked,
        Granted,
        Told,
        Known,
        Vote("bo", true),
        Vote("cleo", true),
        Vote("eli", true),
    ];

    public static GoNoGoVoted Vote(string person, bool go) => new(About, go, go ? null : "Too busy.", person, Before);

    public static AnnouncementSent Announced(int number, DateTimeOffset due) =>
        new(About, number, "ops", "Checkout may be slow.", ["hana"], "ivo", due, "ana", Before);
}
