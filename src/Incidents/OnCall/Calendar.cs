using System.Globalization;
using System.Text;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>
/// Shifts as a calendar of RFC 5545. An entry's UID follows from what the shift is (schedule, layer and turn), not from when it
/// is: one that is moved stays the same entry, with a higher SEQUENCE. Pure.
/// </summary>
public static class Calendar
{
    private const int MostOctets = 75;

    /// <summary>From when turns are looked at, so that one keeps its name however late it is asked for.</summary>
    public static DateTimeOffset Beginning(DateTimeOffset now) =>
        new(now.UtcDateTime.Year - 1, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All shifts of a schedule, from a month ago for a year.</summary>
    public static string OfSchedule(Schedule schedule, DateTimeOffset now) =>
        Print($"On call: {schedule.Name}", Shifts(schedule, now).Select(piece => Event(schedule, piece, null)));

    /// <summary>All shifts of a person, in every schedule; those in which they only look on say so.</summary>
    public static string OfPerson(string person, IEnumerable<Schedule> schedules, DateTimeOffset now) =>
        Print(
            "On call",
            schedules.SelectMany(schedule =>
                Shifts(schedule, now)
                    .Where(piece => piece.Claim!.Person == person)
                    .Select(piece => Event(schedule, piece, person))
            )
        );

    /// <summary>A line of at most 75 octets goes as it is; a longer one goes on behind a blank, never within a character.</summary>
    public static string Fold(string line)
    {
        var (folded, octets) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }

    private static IEnumerable<Piece> Shifts(Schedule schedule, DateTimeOffset now)
    {
        var (from, to) = (Beginning(now), now.AddDays(366));
        return Rostering
            .Pieces(schedule, from, to)
            .Concat(Rostering.Shadows(schedule, from, to))
            .Where(piece => piece.Claim is not null && piece.To > now.AddDays(-31));
    }

    // The title says what and not who: calendars are shown on screens that others see.
    private static IEnumerable<string> Event(Schedule schedule, Piece piece, string? person)
    {
        var shadows = schedule.Versions.Any(version =>
            version.Layers.Any(layer => layer.Shadow && layer.Name == piece.Claim!.Because)
        );
        yield return "BEGIN:VEVENT";
        yield return $"UID:{StableId.From("shift", schedule.Name, piece.Name)}@steady";
        yield return $"DTSTAMP:{Moment(Changed(schedule))}";
        yield return $"DTSTART:{Moment(piece.From)}";
        yield return $"DTEND:{Moment(piece.To)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{schedule.Version}");
        yield return $"SUMMARY:{(shadows ? "Looking on" : "On call")}: {Text(schedule.Name)}";
        if (person is null)
            yield return $"DESCRIPTION:{Text(piece.Claim!.Person)} ({Text(piece.Claim.Because)})";
        yield return "TRANSP:TRANSPARENT";
        if (person is not null)
        {
            yield return "BEGIN:VALARM";
            yield return "ACTION:DISPLAY";
            yield return $"DESCRIPTION:{Text(schedule.Name)}";
            yield return "TRIGGER:-PT30M";
            yield return "END:VALARM";
        }

        yield return "END:VEVENT";
    }

    // One that was kept before its changes were dated has been set at least once.
    private static DateTimeOffset Changed(Schedule schedule) =>
        schedule.ChangedAt > schedule.Versions[^1].At ? schedule.ChangedAt : schedule.Versions[^1].At;

    private static string Print(string name, IEnumerable<IEnumerable<string>> events)
    {
        string[] head =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Steady//On call//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            $"X-WR-CALNAME:{Text(name)}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        ];
        var lines = head.Concat(events.SelectMany(one => one)).Append("END:VCALENDAR");
        return string.Concat(lines.Select(line => $"{Fold(line)}\r\n"));
    }

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Text(string text) =>
        string.Concat(
            text.Select(one =>
                one switch
                {
                    '\\' or ';' or ',' => $"\\{one}",
                    '\n' => "\\n",
                    < ' ' => "",
                    _ => $"{one}",
                }
            )
        );
}
