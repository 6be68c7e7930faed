using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Query;
using Xunit;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>What a query says, and where it is wrong.</summary>
public sealed class ParsingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("kind:alert", "kind:alert")]
    [InlineData("KIND=alert", "kind:alert")]
    [InlineData("kind:( alert , deploy )", "kind:(alert,deploy)")]
    [InlineData("kind:alert service:pay*", "kind:alert service:pay*")]
    [InlineData("kind:alert and service:*pay*", "kind:alert service:*pay*")]
    [InlineData("kind:alert AND NOT service:pay", "kind:alert -service:pay")]
    [InlineData("not not kind:alert", "not -kind:alert")]
    [InlineData("-(kind:note or kind:chat)", "not (kind:note or kind:chat)")]
    [InlineData("a:1", null)]
    [InlineData("kind:a kind:b or kind:c", "kind:a kind:b or kind:c")]
    [InlineData("kind:a (kind:b or kind:c)", "kind:a (kind:b or kind:c)")]
    [InlineData("(kind:a (kind:b))", "kind:a kind:b")]
    [InlineData("source!=chat", "source!=chat")]
    [InlineData("\"replication lag\"", "text:\"replication lag\"")]
    [InlineData("text:\"say \\\"no\\\" \\\\ now\"", "text:\"say \\\"no\\\" \\\\ now\"")]
    [InlineData("lag>10m lag<=1h30m", "lag>10m lag<=1h30m")]
    [InlineData("lag>90m", "lag>1h30m")]
    [InlineData("burn>6.5 version>=2 confidence>low", "burn>6.5 version>=2 confidence>low")]
    [InlineData("label.team:payments", "label.team:payments")]
    [InlineData("Label.app.kubernetes.io/name:x", "label.app.kubernetes.io/name:x")]
    [InlineData("actor:ana", "by:ana")]
    [InlineData("by:ana@example.org", "by:ana@example.org")]
    [InlineData("text:and or kind:or", "text:and or kind:or")]
    [InlineData("order:recorded kind:a", "kind:a order:recorded")]
    [InlineData("order:occurred kind:a", "kind:a")]
    [InlineData("from:-30m to:now", "from:now-30m to:now")]
    [InlineData("from:2026-01-04 to:2026-01-04T14:05+01:00", "from:2026-01-04T00:00:00Z to:2026-01-04T13:05:00Z")]
    [InlineData("(kind:a or kind:b) from:-1h", "(kind:a or kind:b) from:now-1h")]
    [InlineData("kind:a | gaps>10m", "kind:a | gaps>10m")]
    [InlineData("| count by label.team", "| count by label.team")]
    [InlineData("| first 10 | last 3", "| first 10 | last 3")]
    [InlineData("kind:alert | causes(depth:2) | gaps>1m", "kind:alert | causes(depth:2) | gaps>1m")]
    [InlineData("kind:alert | Effects", "kind:alert | effects(depth:3)")]
    [InlineData("seenBy:role/commander incident:INC-7", "incident:INC-7 seenBy:role/commander")]
    public void A_query_has_one_canonical_spelling(string text, string? canonical)
    {
        var reading = Parsing.Read(text);
        Assert.Equal(canonical, reading.Search is { } search ? Printing.Print(search) : null);
        if (canonical is not null)
            Assert.Equal(reading.Search, Parsing.Read(canonical).Search);
    }

    [Theory]
    [InlineData("diff INC-42 INC-57", "diff INC-42 INC-57")]
    [InlineData("DIFF INC-42 INC-57 align:Declared", "diff INC-42 INC-57")]
    [InlineData("diff INC-42 INC-57 align:mitigated", "diff INC-42 INC-57 align:mitigated")]
    [InlineData("similar INC-42 k:7", "similar INC-42 k:7")]
    [InlineData("similar INC-42 k:5", "similar INC-42")]
    [InlineData(" contradictions INC-42 ", "contradictions INC-42")]
    public void A_question_about_whole_incidents_takes_the_place_of_conditions(string text, string canonical)
    {
        var reading = Parsing.Read(text);
        Assert.Null(reading.Search);
        Assert.Equal(canonical, Verbs.Print(reading.Verb!));
        Assert.Equal(reading.Verb, Parsing.Read(canonical).Verb);
    }

    [Theory]
    [InlineData("diff INC-42", 1, 12, 0, "An incident is expected here.")]
    [InlineData("diff INC-42 57", 1, 13, 2, "'57' is no incident.")]
    [InlineData("diff INC-42 INC-57 align:then", 1, 26, 4, "'align' is a moment of an incident.")]
    [InlineData("similar INC-42 k:51", 1, 18, 2, "'k' says how many, 1 to 50.")]
    [InlineData("contradictions INC-42 kind:alert", 1, 23, 4, "Nothing of this kind is expected here.")]
    [InlineData("contradictions INC-42 | first 1", 1, 23, 1, "Nothing of this kind is expected here.")]
    [InlineData("kind:a | causes(depth:11)", 1, 23, 2, "'causes' says how many steps, 1 to 10.")]
    public void A_mistake_in_one_is_told_with_its_place(string text, int line, int column, int length, string message)
    {
        var mistake = Assert.Single(Parsing.Read(text).Mistakes);
        Assert.Equal((line, column, length, message), (mistake.Line, mistake.Column, mistake.Length, mistake.Message));
    }

    [Fact]
    public void The_whole_example_of_the_design_is_understood()
    {
        var search = Understood(
            """
            incident:INC-42 kind:(alert,deploy,silence) service:pay* text:"replication lag" from:impactStarted-30m to:resolved
            knownAt:2026-01-04T14:05Z seenBy:role/commander lag>10m source!=chat order:occurred | gaps>10m
            """
        );
        Assert.Equal(6, search.Conjuncts.Count());
        Assert.Equal(new When("impactStarted", null, TimeSpan.FromMinutes(-30)), search.Settings.From);
        Assert.Equal(new When("resolved", null, TimeSpan.Zero), search.Settings.To);
        Assert.Equal(new DateTimeOffset(2026, 1, 4, 14, 5, 0, TimeSpan.Zero), search.Settings.KnownAt!.At);
        Assert.Equal(new Gaps(TimeSpan.FromMinutes(10)), Assert.Single(search.Pipes));
    }

    [Theory]
    [InlineData("kind:alert servce:pay", 1, 12, 6, "There is no field 'servce'. Did you mean 'service'?")]
    [InlineData("kind:alert\n  service:", 2, 11, 0, "'service' has no value.")]
    [InlineData("kind:alert ) service:x", 1, 12, 1, "This parenthesis closes nothing.")]
    [InlineData("(kind:alert", 1, 1, 1, "This parenthesis is not closed.")]
    [InlineData("text:\"never ends", 1, 6, 1, "This quotation mark is not closed.")]
    [InlineData("kind:al*rt", 1, 8, 1, "A star stands at the end of a word, or at its beginning and its end.")]
    [InlineData("kind:*", 1, 6, 1, "A star stands at the end of a word, or at its beginning and its end.")]
    [InlineData("kind>alert", 1, 1, 4, "'kind' is not compared like this.")]
    [InlineData("lag:10m", 1, 1, 3, "'lag' is not compared like this.")]
    [InlineData("lag>10", 1, 5, 2, "'10' is no value of 'lag'.")]
    [InlineData("confidence:hihg", 1, 12, 4, "'hihg' is no value of 'confidence'. Did you mean 'high'?")]
    [InlineData(
        "from:impactStart-30m",
        1,
        6,
        15,
        "'impactStart-30m' is no value of 'from'. Did you mean 'impactStarted'?"
    )]
    [InlineData("incident:42", 1, 10, 2, "'42' is no value of 'incident'.")]
    [InlineData("checkout", 1, 1, 8, "'checkout' stands alone. Put it in quotation marks to look for the word.")]
    [InlineData("kind:a or", 1, 10, 0, "A condition is expected here.")]
    [InlineData("kind:a, kind:b", 1, 7, 1, "Nothing is expected here.")]
    [InlineData("kind:(a", 1, 8, 0, "The list of values is not closed.")]
    [InlineData("kind:a | gasp>10m", 1, 10, 4, "There is no pipe 'gasp'. Did you mean 'gaps'?")]
    [InlineData("kind:a |", 1, 9, 0, "A pipe is expected here.")]
    [InlineData("| first 501", 1, 9, 3, "'first' says how many, 1 to 500.")]
    [InlineData("| count by knd", 1, 12, 3, "Entries are not counted by 'knd'. Did you mean 'kind'?")]
    [InlineData("| count by kind | first 1", 1, 17, 1, "Nothing comes after 'count by': it answers with counts.")]
    [InlineData("from:-1h from:-2h", 1, 10, 4, "'from' is said twice. Say it once.")]
    [InlineData("from:(-1h,-2h)", 1, 1, 4, "'from' has one value.")]
    [InlineData("\"\"", 1, 1, 2, "There are no words between these quotation marks.")]
    public void A_mistake_is_told_with_its_place(string text, int line, int column, int length, string message)
    {
        var mistake = Assert.Single(Parsing.Read(text).Mistakes);
        Assert.Equal((line, column, length, message), (mistake.Line, mistake.Column, mistake.Length, mistake.Message));
    }

    [Theory]
    [InlineData("kind:a or from:-1h")]
    [InlineData("not from:-1h")]
    [InlineData("(from:-1h kind:a) kind:b")]
    public void What_is_said_for_the_whole_query_stands_outside_of_all_else(string text) =>
        Assert.StartsWith("'from' is said for the whole query", Mistake(text).Message, StringComparison.Ordinal);

    [Fact]
    public void All_wrong_fields_and_values_are_told_at_once()
    {
        var mistakes = Parsing.Read("knd:alert lag>x servis:pay").Mistakes;
        Assert.Equal([1, 15, 17], mistakes.Select(one => one.Column));
        Assert.Contains("service", mistakes[2].Expected);
    }

    [Fact]
    public void Longer_deeper_and_more_than_the_limits_is_refused()
    {
        Assert.Equal(2_001, Mistake(new string('x', 2_001)).Column);
        Assert.Contains(
            "20 deep",
            Mistake(new string('(', 30) + "kind:a" + new string(')', 30)).Message,
            StringComparison.Ordinal
        );
        Assert.NotNull(Parsing.Read(new string('(', 20) + "kind:a" + new string(')', 20)).Search);
        var many = string.Join(' ', Enumerable.Range(0, 101).Select(i => $"kind:k{i}"));
        Assert.Contains("at most 100", Mistake(many).Message, StringComparison.Ordinal);
        var listed = $"kind:({string.Join(',', Enumerable.Range(0, 101))})";
        Assert.Contains("at most 100", Mistake(listed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_database_can_hold_is_refused() =>
        Assert.Contains("U+0000", Mistake("text:\"a\0b\"").Message, StringComparison.Ordinal);

    private static Search Understood(string text)
    {
        var reading = Parsing.Read(text);
        Assert.Empty(reading.Mistakes);
        return reading.Search!;
    }

    private static QueryMistake Mistake(string text) => Parsing.Read(text).Mistakes[0];
}
