using System.Text;
using CsCheck;
using Steady.Contracts.Incidents;
using Xunit;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;
using Calendar = Steady.Incidents.OnCall.Calendar;
using Schedule = Steady.Incidents.OnCall.Schedule;
using ScheduleSet = Steady.Incidents.OnCall.ScheduleSet;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Calendars, read by a reader that is not ours.</summary>
public sealed class CalendarTests
{
    private static readonly DateTimeOffset Now = Utc("2026-11-03 12:00");
    private static readonly Schedule Weekly = Of(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo"));

    [Fact]
    public void Every_shift_is_an_entry_that_names_the_schedule_and_not_the_person()
    {
        var text = Calendar.OfSchedule(Weekly, Now);
        var read = Ical.Net.Calendar.Load(text)!;
        var first = read.Events.OrderBy(one => one.Start!.AsUtc).First();
        Assert.Equal(
            (
                "On call: payments",
                "ana (primary)",
                Utc("2026-11-02 08:00").UtcDateTime,
                Utc("2026-11-09 08:00").UtcDateTime
            ),
            (first.Summary, first.Description, first.Start!.AsUtc, first.End!.AsUtc)
        );
        Assert.Equal(53, read.Events.Count);
        Assert.Equal(53, read.Events.Select(one => one.Uid).Distinct().Count());
        Assert.DoesNotContain("SUMMARY:On call: payments ana", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_persons_calendar_has_their_shifts_of_all_schedules_and_says_where_they_only_look_on()
    {
        var other = Schedule.Create(
            new ScheduleSet(
                "search",
                "Europe/Berlin",
                [
                    Layer(TurnUnit.Week, "2026-11-02", "cy"),
                    Layer(TurnUnit.Week, "2026-11-02", "ana") with
                    {
                        Name = "learning",
                        Shadow = true,
                    },
                ],
                "So",
                "cy",
                Utc("2026-01-01 00:00")
            )
        );
        var read = Ical.Net.Calendar.Load(Calendar.OfPerson("ana", [Weekly, other], Now))!;
        Assert.Equal(
            ["Looking on: search", "On call: payments"],
            read.Events.Select(one => one.Summary).Distinct().Order()
        );
        Assert.All(read.Events, one => Assert.Single(one.Alarms));
    }

    [Fact]
    public void A_shift_that_is_moved_stays_the_same_entry_with_a_higher_sequence()
    {
        var later = Weekly.Apply(
            new ScheduleSet(
                "payments",
                "Europe/Berlin",
                [Layer(TurnUnit.Week, "2026-11-02", "ana", "bo") with { Handoff = "11:00" }],
                "Later",
                "ana",
                Now
            )
        ) with
        {
            Version = 2,
        };
        var (before, after) = (Entries(Weekly), Entries(later));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        var moved = before.Keys.Where(uid => before[uid].From != after[uid].From).ToList();
        Assert.Equal(52, moved.Count);
        Assert.All(after.Values, one => Assert.Equal(2, one.Sequence));
    }

    [Fact]
    public void An_entry_is_called_the_same_however_late_it_is_read_and_whatever_lies_before_it()
    {
        var swapped = Weekly.Apply(Override("cy", "2026-11-11 10:00", "2026-11-11 12:00"));
        var uids = Entries(Weekly).Keys.ToHashSet();
        Assert.Equal(55, Entries(swapped).Count);
        Assert.Equal(2, Entries(swapped).Keys.Count(uid => !uids.Contains(uid)));
        var late = Ical
            .Net.Calendar.Load(Calendar.OfSchedule(swapped, Now.AddDays(25)))!
            .Events.Select(one => one.Uid!);
        Assert.Equal(
            Entries(swapped).Where(one => one.Value.From > Now.AddDays(25)).Select(one => one.Key).Order(),
            late.Where(uid => Entries(swapped).TryGetValue(uid, out var one) && one.From > Now.AddDays(25)).Order()
        );
    }

    [Fact]
    public void Lines_end_as_the_rfc_wants_and_are_folded_between_characters()
    {
        var text = Calendar.OfSchedule(
            Of(Layer(TurnUnit.Week, "2026-11-02", string.Concat(Enumerable.Repeat("ä,;", 30)))),
            Now
        );
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.StartsWith(
            string.Concat(Enumerable.Repeat("ä,;", 30)),
            Ical.Net.Calendar.Load(text)!.Events[0]!.Description!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folded_line_unfolds_to_itself() =>
        Gen.String[0, 300]
            .Where(text => !text.Contains('\r') && !text.Contains('\n') && !text.Any(char.IsSurrogate))
            .Sample(text => Calendar.Fold(text).Replace("\r\n ", "", StringComparison.Ordinal) == text);

    private static Dictionary<string, (DateTime From, int Sequence)> Entries(Schedule schedule) =>
        Ical
            .Net.Calendar.Load(Calendar.OfSchedule(schedule, Now))!
            .Events.ToDictionary(one => one!.Uid!, one => (one!.Start!.AsUtc, one.Sequence));
}
