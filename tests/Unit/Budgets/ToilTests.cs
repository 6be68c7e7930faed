using CsCheck;
using Steady.Budgets.Toil;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Xunit;
using static Steady.Tests.Support.Spec;
using TeamStaffed = Steady.Budgets.Toil.TeamStaffed;
using ToilCapCleared = Steady.Budgets.Toil.ToilCapCleared;
using ToilCapReached = Steady.Budgets.Toil.ToilCapReached;

namespace Steady.Tests.Unit.Budgets;

/// <summary>Half of a team's week may go to operations; Tuesday of week 48, ten o'clock.</summary>
public sealed class ToilTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid One = Guid.Parse("0195f000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("0195f000-0000-7000-8000-000000000002");

    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Pacific/Chatham", "America/New_York"];

    // One engineer with four hours: the line is at two.
    private static readonly TeamStaffed Small = new(
        "sre",
        1,
        4,
        "dev",
        ["checkout"],
        "UTC",
        "ana",
        Monday.AddDays(-30)
    );

    [Fact]
    public void Exactly_half_is_within_the_line_and_a_minute_more_is_not()
    {
        Given<ToilTeam>(Small).When(Record(One, Monday, 120)).Then(Entry(One, Monday, 120));
        Given<ToilTeam>(Small, Entry(One, Monday, 120))
            .When(Record(Two, Monday.AddHours(4), 1))
            .Then(Entry(Two, Monday.AddHours(4), 1), Reached(121));
    }

    [Fact]
    public void The_line_is_crossed_once_a_week()
    {
        Given<ToilTeam>(Small, Entry(One, Monday, 121), Reached(121))
            .When(Record(Two, Monday.AddHours(4), 60))
            .Then(Entry(Two, Monday.AddHours(4), 60));
    }

    [Fact]
    public void An_entry_is_taken_once_and_another_content_under_its_key_is_refused()
    {
        var given = Given<ToilTeam>(Small, Entry(One, Monday, 30));
        given.When(Record(One, Monday.AddSeconds(59), 30)).ThenNothing();
        given.When(Record(One, Monday, 31)).ThenRefused("entry-differs");
    }

    [Fact]
    public void Work_is_written_down_when_it_is_done_and_within_eight_weeks()
    {
        var given = Given<ToilTeam>(Small);
        given.When(Record(One, Now.AddMinutes(-30), 33)).ThenRefused("in-the-future");
        given.When(Record(One, Now.AddMinutes(-30), 30)).Then(Entry(One, Now.AddMinutes(-30), 30));
        given.When(Record(One, Now.AddDays(-57), 30)).ThenRefused("toil-too-old");
    }

    [Fact]
    public void What_was_wrong_is_withdrawn_for_good_and_may_bring_the_week_back()
    {
        var given = Given<ToilTeam>(Small, Entry(One, Monday, 100), Entry(Two, Monday.AddHours(3), 30), Reached(130));
        given
            .When(team => Recording.Withdraw(team, Two, "ana", Now))
            .Then(new ToilWithdrawn("sre", Two, "ana", Now), new ToilCapCleared("sre", "2026-W48", 100, 120, Now));
        Given<ToilTeam>(Small, Entry(One, Monday, 100), new ToilWithdrawn("sre", One, "ana", Now))
            .When(Record(One, Monday, 100))
            .ThenNothing();
        Given<ToilTeam>(Small).When(team => Recording.Withdraw(team, One, "ana", Now)).ThenNothing();
    }

    [Fact]
    public void A_team_that_grows_has_a_higher_line_from_this_week_on()
    {
        var last = Monday.AddDays(-7);
        var over = new ToilCapReached("sre", "2026-W47", 121, 120, "dev", Monday, last);
        Given<ToilTeam>(Small, Entry(One, last, 121), over, Entry(Two, Monday, 121), Reached(121))
            .When(team => Staffing.Decide(team, Command(people: 2), "ana", Now))
            .Then(Small with { People = 2, At = Now }, new ToilCapCleared("sre", "2026-W48", 121, 240, Now));
        Given<ToilTeam>(Small).When(team => Staffing.Decide(team, Command(people: 1), "bo", Now)).ThenNothing();
        When(Staffing.Decide("sre", Command(1) with { TimeZone = "Mars/Base" }, "ana", Now))
            .ThenRefused("zone-unknown");
    }

    [Fact]
    public void Tickets_go_to_the_developers_while_operations_are_over_the_line()
    {
        Given<ToilTeam>(Small, Entry(One, Monday, 120))
            .When(Route("OPS-1"))
            .Then(new TicketRouted("sre", "OPS-1", null, "sre", false, "2026-W48", 120, 120, Now));
        var toDevelopers = new TicketRouted("sre", "OPS-2", null, "dev", true, "2026-W48", 121, 120, Now);
        var over = Given<ToilTeam>(Small, Entry(One, Monday, 121), Reached(121), toDevelopers);
        over.When(Route("OPS-2")).ThenNothing();
        over.When(Route("OPS-3")).Then(toDevelopers with { Ref = "OPS-3" });
        // A new week begins with nothing spent.
        over.When(team => Routing.Decide(team, new RouteTicket("sre", "OPS-4"), Now.AddDays(6)))
            .Then(new TicketRouted("sre", "OPS-4", null, "sre", false, "2026-W49", 0, 120, Now.AddDays(6)));
    }

    [Fact]
    public void One_person_working_on_two_things_at_once_works_once()
    {
        var (ana, bo) = (ToilTeam.PersonOf("sre", "ana"), ToilTeam.PersonOf("sre", "bo"));
        ToilRecorded[] entries =
        [
            Entry(One, Monday, 60) with
            {
                Person = ana,
            },
            Entry(Two, Monday.AddMinutes(30), 60) with
            {
                Person = ana,
                Kind = ToilKind.Incident,
            },
            Entry(Guid.Empty, Monday.AddMinutes(30), 60) with
            {
                Person = bo,
            },
        ];
        var report = Reports.Of([Small, .. entries], new IsoWeek(2026, 48));
        Assert.Equal((150, 2), (report.SpentMinutes, report.Workers));
        Assert.Equal([new ToilPart("ticket", 120), new ToilPart("incident", 30)], report.Kinds);
        Assert.Equal(150, report.Days[0].Minutes);
    }

    [Fact]
    public void A_week_lists_what_was_written_down_newest_first_and_not_what_was_withdrawn()
    {
        object[] events =
        [
            Small,
            Entry(One, Monday.AddMinutes(-10), 20),
            Entry(Two, Monday.AddHours(1), 30),
            Entry(Guid.Empty, Monday.AddHours(2), 30),
            new ToilWithdrawn("sre", Guid.Empty, "ana", Now),
        ];
        Assert.Equal([Two, One], Reports.Of(events, new IsoWeek(2026, 48)).Entries!.Select(entry => entry.Id));
        Assert.Equal([One], Reports.Of(events, new IsoWeek(2026, 47)).Entries!.Select(entry => entry.Id));
    }

    [Fact]
    public void An_incident_takes_each_responder_from_the_first_act_to_the_last()
    {
        var incident = Incident([
            new("ana", Monday, Monday.AddMinutes(90)),
            new("bo", Monday.AddSeconds(30), Monday.AddSeconds(31)),
        ]);
        var decided = IncidentWork.Decide(Fold<ToilTeam>(Small)!, incident, Now).Events;
        Assert.Equal([90, 1], decided.OfType<ToilRecorded>().Select(entry => entry.Minutes));
        Assert.All(decided.OfType<ToilRecorded>(), entry => Assert.NotNull(entry.Person));
        Given<ToilTeam>([Small, .. decided]).When(team => IncidentWork.Decide(team, incident, Now)).ThenNothing();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(59, 59)]
    [InlineData(600, 600)]
    [InlineData(4_000, 720)]
    public void An_incident_that_names_nobody_counts_once_and_a_shift_at_most(int lasted, int counted)
    {
        var incident = Incident(null) with
        {
            StartedAt = Monday.AddDays(-3),
            At = Monday.AddDays(-3).AddMinutes(lasted),
        };
        var entry = IncidentWork.Decide(Fold<ToilTeam>(Small)!, incident, Now).Events.OfType<ToilRecorded>().Single();
        Assert.Equal((counted, (Guid?)null), (entry.Minutes, entry.Person));
    }

    [Theory]
    [InlineData("2026-W48", "UTC", "2026-11-23T00:00:00Z", 168)]
    [InlineData("2026-W48", "Europe/Berlin", "2026-11-22T23:00:00Z", 168)]
    [InlineData("2022-W10", "America/New_York", "2022-03-07T05:00:00Z", 167)]
    [InlineData("2022-W44", "America/New_York", "2022-10-31T04:00:00Z", 169)]
    [InlineData("2026-W53", "UTC", "2026-12-28T00:00:00Z", 168)]
    public void A_week_begins_on_monday_midnight_of_the_team(string name, string zone, string begins, int hours)
    {
        var (week, place) = (IsoWeek.Parse(name)!.Value, TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(DateTimeOffset.Parse(begins, null), week.Day(0, place));
        Assert.Equal(hours, (week.Day(7, place) - week.Day(0, place)).TotalHours);
        Assert.Equal(week, IsoWeek.Of(week.Day(0, place), place));
        Assert.Equal(week, IsoWeek.Of(week.Day(7, place).AddTicks(-1), place));
        Assert.Equal(name, $"{week}");
    }

    [Theory]
    [InlineData("2025-W53")]
    [InlineData("2026-W00")]
    [InlineData("2026-48")]
    [InlineData("")]
    public void What_is_no_week_is_none(string text) => Assert.Null(IsoWeek.Parse(text));

    [Fact]
    public void No_minute_is_lost_or_counted_twice_wherever_weeks_and_days_are_cut() =>
        (
            from entries in Gen.Select(Gen.Int[-3 * 24 * 60, 12 * 24 * 60], Gen.Int[1, 1440], Gen.Int[0, 2]).List[1, 30]
            from zone in Gen.Int[0, Zones.Length - 1].Select(i => Zones[i])
            select (entries, zone)
        ).Sample(one =>
        {
            var spring = new DateTimeOffset(2026, 3, 23, 0, 0, 0, TimeSpan.Zero);
            TeamStaffed[] staffings = [Small with { TimeZone = one.zone }];
            var entries = one
                .entries.Select(
                    (work, i) =>
                        Entry(new Guid(i, 0, 0, new byte[8]), spring.AddMinutes(work.Item1), work.Item2) with
                        {
                            Person = work.Item3 == 0 ? null : new Guid(work.Item3, 1, 0, new byte[8]),
                        }
                )
                .ToList();
            var expected =
                entries.Where(entry => entry.Person is null).Sum(entry => (long)entry.Minutes)
                + entries
                    .Where(entry => entry.Person is not null)
                    .SelectMany(entry =>
                        Enumerable.Range(0, entry.Minutes).Select(i => (entry.Person, entry.Start.AddMinutes(i)))
                    )
                    .Distinct()
                    .Count();
            var weeks = Weeks.Of(staffings, entries);
            Assert.Equal(expected, weeks.Sum(week => week.Spent));
            foreach (var week in weeks)
            {
                var report = Reports.Of([.. staffings, .. entries], week.Week);
                Assert.Equal(week.Spent, report.Days.Sum(day => day.Minutes));
                Assert.Equal(week.Spent, report.Kinds.Sum(kind => kind.Minutes));
            }
        });

    [Fact]
    public void A_drill_is_no_toil_and_what_was_reopened_is_counted_once_more()
    {
        Given<ToilTeam>(Small)
            .When(team => IncidentWork.Decide(team, Incident(null) with { Drill = true }, Now))
            .ThenNothing();
        var first = Incident([new("ana", Monday, Monday.AddMinutes(10))]);
        var again = Incident([new("ana", Monday.AddMinutes(60), Monday.AddMinutes(65))]) with { Round = 1 };
        var told = IncidentWork.Decide(Fold<ToilTeam>(Small)!, first, Now).OfType<ToilRecorded>().Single();

        var more = IncidentWork.Decide(Fold<ToilTeam>(Small, told)!, again, Now).OfType<ToilRecorded>().Single();

        Assert.Equal((10, 5), (told.Minutes, more.Minutes));
        Assert.Equal(told.Person, more.Person);
        Given<ToilTeam>(Small, told, more).When(team => IncidentWork.Decide(team, again, Now)).ThenNothing();
    }

    private static StaffTeam Command(int people) => new(people, 4, "dev", ["checkout"]);

    private static IncidentResolved Incident(IReadOnlyList<Responder>? responders) =>
        new(One, "checkout", "Nobody can pay", "A bad release", Monday, "ana", Monday.AddHours(2), responders);

    private static Func<ToilTeam, Steady.Kernel.Decision> Record(Guid id, DateTimeOffset start, int minutes) =>
        team => Recording.Decide(team, id, new RecordToil("sre", start, minutes, ToilKind.Ticket), Now);

    private static Func<ToilTeam, Steady.Kernel.Decision> Route(string name) =>
        team => Routing.Decide(team, new RouteTicket("sre", name), Now);

    private static ToilRecorded Entry(Guid id, DateTimeOffset start, int minutes) =>
        new("sre", id, start, minutes, ToilKind.Ticket, null, null, Now);

    private static ToilCapReached Reached(long spent) =>
        new("sre", "2026-W48", spent, 120, "dev", Monday.AddDays(7), Now);
}
