using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Query;
using Xunit;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>What a query becomes before the database sees it.</summary>
public sealed class CompilingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-00000000000a");
    private static readonly Scope Story = new(Id, "checkout", Noon.AddMinutes(-30), Noon.AddHours(2));
    private static readonly Known Names = new(
        Noon.AddDays(1),
        new Dictionary<string, IncidentKnown>
        {
            ["INC-7"] = new(
                Story,
                new Dictionary<IncidentMoment, DateTimeOffset>
                {
                    [IncidentMoment.ImpactStarted] = Noon,
                    [IncidentMoment.Declared] = Noon.AddMinutes(5),
                }
            ),
        }
    );

    [Theory]
    [InlineData("incident:INC-7", null, null)]
    [InlineData("incident:INC-7 from:impactStarted-30m to:declared", "11:30", "12:05")]
    [InlineData("text:lag", null, null)]
    [InlineData("source:chat", null, null)]
    [InlineData("-source:chat", "-24h", "now")]
    [InlineData("source:chat or kind:alert", "-24h", "now")]
    [InlineData("kind:alert", "-24h", "now")]
    [InlineData("service:checkout", "-24h", "now")]
    [InlineData("service:checkout from:-48h", "-48h", null)]
    [InlineData("", "-24h", "now")]
    public void A_query_that_nothing_narrows_is_about_a_day(string text, string? from, string? to)
    {
        var plan = Plan(text);
        Assert.Equal((Moment(from), Moment(to)), (plan.From, plan.To));
    }

    [Fact]
    public void The_day_ends_where_it_is_said_or_with_what_was_known()
    {
        Assert.Equal(Noon.AddDays(-1), Plan("kind:a to:2026-11-20T12:00Z").From);
        var then = Plan("kind:a knownAt:2026-11-20T12:00Z");
        Assert.Equal((Noon.AddDays(-1), Noon), (then.From!.Value, then.To!.Value));
    }

    [Theory]
    [InlineData("kind:a from:declared", 13, "'declared' is a moment of an incident. Name one.")]
    [InlineData(
        "kind:a from:declared (incident:INC-7 or kind:b)",
        13,
        "'declared' is a moment of an incident. Name one."
    )]
    [InlineData("kind:a seenBy:ana", 15, "Who had seen what is known of an incident. Name one.")]
    [InlineData(
        "incident:INC-7 seenBy:role/king",
        23,
        "'role/king' is nobody. Give a person's name, role/commander (or another role), or public."
    )]
    [InlineData(
        "incident:INC-7 knownAt:2026-11-20 | causes",
        24,
        "What led to what is told as it is known now. Leave out 'knownAt'."
    )]
    [InlineData("incident:INC-7 from:mitigated", 21, "'mitigated' of INC-7 is not known.")]
    [InlineData(
        "from:-1h to:-2h",
        6,
        "This is 2026-11-21 11:00:00Z, after the end, 2026-11-21 10:00:00Z. Nothing can be found."
    )]
    public void A_moment_that_is_not_known_is_told_with_its_place(string text, int column, string message)
    {
        var mistake = Assert.Single(Binding.Bind(text, Parsing.Read(text).Search!, Names).Mistakes);
        Assert.Equal((column, message), (mistake.Column, mistake.Message));
    }

    [Fact]
    public void What_is_not_over_ends_now() => Assert.Equal(Names.Now, Plan("incident:INC-7 to:resolved").To);

    [Theory]
    [InlineData("incident:INC-7 kind:alert", "timeline_places", "timeline_entries")]
    [InlineData("service:checkout from:-1h", "e.place = $", null)]
    [InlineData("service:(a,b) from:-1h", "distinct on (occurred_at, recorded_at, id)", null)]
    [InlineData("schedule:main from:-1h", "e.place = $", null)]
    [InlineData("service:check* from:-1h", "unnest(e.services)", "timeline_places")]
    [InlineData("service:checkout text:lag", "e.words @@ phraseto_tsquery('simple', $", "timeline_places")]
    [InlineData("incident:INC-7 text:lag", "to_tsvector('simple', e.text) @@", "e.words")]
    [InlineData("service:a (schedule:b or kind:c)", "timeline_entries", "timeline_places")]
    [InlineData("kind:alert or incident:INC-7", "e.incident_id = any($", "timeline_places")]
    [InlineData("kind:alert order:recorded", "order by seq, id", "order by occurred_at")]
    [InlineData("-confidence:low", "is not true", null)]
    [InlineData("label.team:payments", "e.labels @> $", null)]
    [InlineData("kind:alert knownAt:2026-11-20", "e.known_until > $", "'infinity'")]
    public void What_is_asked_decides_what_is_read(string text, string has, string? hasNot)
    {
        var sql = Compiling.Rows(Plan(text), new Part(100)).Text;
        Assert.Contains(has, sql, StringComparison.Ordinal);
        if (hasNot is not null)
            Assert.DoesNotContain(hasNot, sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_typed_stands_in_the_statement()
    {
        var text = string.Join(
            ' ',
            Fields
                .All.Where(field => !field.IsSetting && (field.Type is FieldType.Name or FieldType.Text))
                .Select(field => $"{field.Name}:(evil,evil*,*evil*,\"evil';--\")")
                .Append("label.evil:evil label.evil:evil*")
        );
        var statement = Compiling.Rows(Plan(text), new Part(100));
        Assert.DoesNotContain("evil", statement.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", Compiling.Counts(Plan(text), "label.evil").Text, StringComparison.Ordinal);
        for (var i = 1; i <= statement.Values.Count; i++)
            Assert.Contains($"${i}", statement.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confidence>low", "medium,high")]
    [InlineData("confidence>=medium", "medium,high")]
    [InlineData("confidence:low", "low")]
    [InlineData("confidence<high", "low,medium")]
    public void A_level_is_those_that_are_meant(string text, string levels) =>
        Assert.Contains(levels.Split(','), Compiling.Rows(Plan(text), new Part(1)).Values.OfType<string[]>());

    [Fact]
    public void What_began_before_the_window_and_reaches_into_it_is_read_as_long_as_the_page_is_there()
    {
        Assert.Contains(
            "e.occurred_until >= ",
            Compiling.Rows(Plan("kind:a"), new Part(5)).Text,
            StringComparison.Ordinal
        );
        var later = new Part(5, Mark.BeforeAll(Noon.AddHours(20)));
        Assert.DoesNotContain("e.occurred_until", Compiling.Rows(Plan("kind:a"), later).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_are_between_the_latest_end_and_the_next_beginning()
    {
        TimelineEntry[] entries = [Entry(1, 0, 30), Entry(2, 10), Entry(3, 41), Entry(4, 45)];
        var gap = Assert.Single(Piping.GapsIn(entries, TimeSpan.FromMinutes(10)));
        Assert.Equal(
            (Noon.AddMinutes(30), 660m, entries[0].Id, entries[2].Id),
            (gap.From, gap.Seconds, gap.After, gap.Before)
        );
        Assert.Empty(Piping.GapsIn(entries, TimeSpan.FromMinutes(11)));
    }

    private static TimelineEntry Entry(int number, int minute, int? until = null) =>
        new(
            Guid.Parse($"01990000-0000-7000-8000-{number:d12}"),
            Noon.AddMinutes(minute),
            Noon,
            "incidents",
            "note",
            ["checkout"],
            null,
            null,
            "ana",
            null,
            "Seen",
            OccurredUntil: until is { } end ? Noon.AddMinutes(end) : null,
            Sequence: number
        );

    private static Plan Plan(string text)
    {
        var bound = Binding.Bind(text, Parsing.Read(text).Search!, Names);
        Assert.Empty(bound.Mistakes);
        return bound.Plan!;
    }

    private static DateTimeOffset? Moment(string? text) =>
        text switch
        {
            null => null,
            "now" => Names.Now,
            "-24h" => Names.Now.AddHours(-24),
            "-48h" => Names.Now.AddHours(-48),
            _ => Noon.Date + TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        };
}
