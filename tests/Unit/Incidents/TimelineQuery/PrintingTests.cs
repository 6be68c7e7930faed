using CsCheck;
using Steady.Incidents.Timeline.Query;
using Xunit;
using Causal = Steady.Incidents.Timeline.Query.Causal;

namespace Steady.Tests.Unit.Incidents.TimelineQuery;

/// <summary>What is printed and read again says the same.</summary>
public sealed class PrintingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Texts = Gen.String[Gen.Char["ab1 \"\\*:()|,-_.'%<>=ä\n"], 1, 8]
        .Where(text => text.Trim().Length > 0);

    private static readonly Gen<Value> Words = Gen.OneOf<Value>(
        Texts.Select(text => (Value)new Word(text)),
        Gen.String[Gen.Char["abc-_:/"], 1, 5].Select(text => (Value)new Word(text, Match.Begins)),
        Gen.String[Gen.Char["abc-_:/"], 1, 5].Select(text => (Value)new Word(text, Match.Inside))
    );

    private static readonly Gen<TimeSpan> Spans = Gen.Long[0, 100_000_000_000]
        .Select(ms => TimeSpan.FromMilliseconds(ms));

    private static readonly Gen<Condition> Terms = Gen.OneOf<Condition>(
        Gen.Select(
            Of("kind", "service", "source", "by", "text", "label.team", "trace"),
            Of(Relation.Is, Relation.IsNot),
            Words.List[1, 3],
            (field, relation, values) => (Condition)new Term(field, relation, new Many<Value>(values))
        ),
        Gen.Select(
            Of(Relation.Less, Relation.AtMost, Relation.Greater, Relation.AtLeast),
            Spans,
            (relation, length) => (Condition)new Term("lag", relation, [new Length(length)])
        ),
        Gen.Select(
            Of(Relation.Is, Relation.IsNot, Relation.Less, Relation.AtLeast),
            Gen.Decimal[0m, 1000m].Select(number => Math.Round(number, 3)),
            (relation, number) => (Condition)new Term("burn", relation, [new Amount(number)])
        ),
        Of("low", "medium", "high")
            .Select(level => (Condition)new Term("confidence", Relation.AtLeast, [new Word(level)]))
    );

    private static readonly Gen<Condition> Conditions = Gen.Recursive<Condition>(
        (depth, inner) =>
            depth >= 4
                ? Terms
                : Gen.OneOf(
                    Terms,
                    inner.Select(of => (Condition)new Not(of)),
                    inner.List[2, 3].Select(of => (Condition)new All(new Many<Condition>(of))),
                    inner.List[2, 3].Select(of => (Condition)new Any(new Many<Condition>(of)))
                )
    );

    private static readonly Gen<When?> Moments = Gen.OneOf<When?>(
        Gen.Const((When?)null),
        Gen.Long[-1_000_000_000, 1_000_000_000]
            .Select(ms => (When?)new When(null, Noon.AddMilliseconds(ms), TimeSpan.Zero)),
        Gen.Select(
            Of("now", "impactStarted", "resolved", "postmortemPublished"),
            Spans,
            Gen.Bool,
            (anchor, offset, before) => (When?)new When(anchor, null, before ? -offset : offset)
        )
    );

    private static readonly Gen<Pipe> Pipes = Gen.OneOf<Pipe>(
        Gen.Int[1, 500].Select(count => (Pipe)new First(count)),
        Gen.Int[1, 500].Select(count => (Pipe)new Last(count)),
        Gen.Select(Gen.Bool, Gen.Int[1, 10], (causes, depth) => (Pipe)new Causal(causes, depth))
    );

    private static readonly Gen<Pipe> Ends = Gen.OneOf<Pipe>(
        Spans.Select(length => (Pipe)new Gaps(length)),
        Of("kind", "service", "label.team").Select(key => (Pipe)new CountBy(key))
    );

    private static readonly Gen<Search> Searches = Gen.Select(
        Gen.OneOf(Conditions.Select(one => (Condition?)one), Gen.Const((Condition?)null)),
        Gen.Select(
            Moments,
            Moments,
            Moments,
            Gen.Bool,
            (from, to, known, recorded) => new Settings(from, to, known, null, recorded)
        ),
        Gen.Select(Pipes.List[0, 2], Ends.List[0, 1], (pipes, end) => new Many<Pipe>([.. pipes, .. end])),
        (where, settings, pipes) => new Search(where, settings, pipes)
    );

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void What_is_printed_reads_as_what_it_was() =>
        Searches.Sample(search =>
        {
            var text = Printing.Print(search);
            if (text.Length > Parsing.Longest)
                return;
            var reading = Parsing.Read(text);
            Assert.True(reading.Mistakes.Count == 0, $"{text}: {string.Join(' ', reading.Mistakes)}");
            Assert.Equal(search, reading.Search);
            Assert.Equal(text, Printing.Print(reading.Search!));
        });

    [Fact]
    public void Whatever_is_typed_is_understood_or_told_with_a_place_inside_it() =>
        Gen.String[Gen.Char["kindalertservicefromtext:=!<>()|,-\"\\* 10mh.\n"], 0, 60]
            .Sample(text =>
            {
                var reading = Parsing.Read(text);
                Assert.Equal(reading.Search is null && reading.Verb is null, reading.Mistakes.Count > 0);
                var lines = text.Split('\n');
                foreach (var mistake in reading.Mistakes)
                {
                    Assert.InRange(mistake.Line, 1, lines.Length);
                    Assert.InRange(mistake.Column, 1, lines[mistake.Line - 1].Length + 1);
                }

                for (var caret = 0; caret <= text.Length; caret++)
                    _ = Completing.Complete(text, caret);
            });
}
