using System.Globalization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.GameDays;

/// <summary>What happened on a game day, in the words of its report: pure.</summary>
public static class Sentences
{
    /// <summary>The line of a stored event; null for what is told elsewhere.</summary>
    public static ReportLine? Of(object happened) =>
        happened switch
        {
            GameDayPlanned e => new(e.At, e.By, "Planned the game day."),
            GameDayReplanned e => new(e.At, e.By, "Changed the plan; approval, votes and acknowledgements start anew."),
            RoleAssigned e => new(e.At, e.By, $"{e.Person} is {e.Role.ToString().ToLowerInvariant()} now."),
            ApprovalRequested e => new(e.At, e.By, "Asked for an approval."),
            ApprovalGranted e => new(e.At, e.By, $"Approved the game day.{Because(e.Reason)}"),
            ApprovalRefused e => new(e.At, e.By, $"Refused the approval.{Because(e.Reason)}"),
            ApprovalLapsed e => new(e.At, "rule:gameday", "The approval lapsed."),
            GoNoGoVoted e => new(e.At, e.By, $"Voted {(e.Go ? "go" : "no-go")}.{Because(e.Reason)}"),
            SurpriseDrawn e => new(e.At, e.By, $"Drew {e.Drawn} out of {string.Join(", ", e.Lots)}, seed {e.Seed}."),
            AgendaRunCalled e => new(e.At, e.By, $"Started {e.Experiment}."),
            NoteTaken e => new(e.At, e.By, e.Text),
            GameDayConcluded e => new(e.At, e.By, "Concluded the game day."),
            _ => OfAnnouncement(happened),
        };

    /// <summary>How a run went, line by line.</summary>
    public static IEnumerable<ReportLine> Of(RunView run)
    {
        foreach (var rung in run.Rungs)
            yield return new(
                rung.StartedAt,
                run.Experiment,
                $"{Strength(rung.Rung)}: {Word(rung)} ({rung.Good} good, {rung.Bad} bad)."
            );
        if (run.EndedAt is { } ended)
            yield return new(ended, run.Experiment, Ending(run));
    }

    public static string Ending(RunView run) =>
        run.State switch
        {
            RunState.Refused => $"Refused. {run.Reason}",
            RunState.Halted => $"Halted. {run.Reason} {run.Finding}",
            RunState.RevertUnconfirmed => $"A fault may be left. {run.Reason} {run.Finding}",
            RunState.Concluded => $"{run.Verdict}. {run.Finding}",
            _ => "Still running.",
        };

    public static string Strength(Rung rung) =>
        rung.Fault switch
        {
            FaultKind.Latency => string.Create(CultureInfo.InvariantCulture, $"{rung.Magnitude} ms of latency"),
            FaultKind.Failure => string.Create(CultureInfo.InvariantCulture, $"{rung.Magnitude} % failures"),
            _ => FaultKinds.Strength(rung),
        };

    private static ReportLine? OfAnnouncement(object happened) =>
        happened switch
        {
            AnnouncementSent e => new(
                e.At,
                e.By,
                $"Announced to {e.Channel}, number {e.Number}, to be acknowledged by {string.Join(", ", e.AcknowledgeBy)}: {e.Message}"
            ),
            AnnouncementAcknowledged e => new(e.At, e.By, $"Acknowledged announcement {e.Number}."),
            AnnouncementEscalated e => new(
                e.At,
                "rule:gameday",
                $"Announcement {e.Number} escalated to {e.To}: not acknowledged by {string.Join(", ", e.Waiting)}."
            ),
            _ => null,
        };

    private static string Word(RungResult rung) =>
        rung.Held switch
        {
            true => "held",
            false => "broke",
            null when !rung.EffectVerified => "not seen to take effect",
            null => "not judged",
        };

    private static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $" {reason}";
}
