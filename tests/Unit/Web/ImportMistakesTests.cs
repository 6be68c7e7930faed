using Steady.Client;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class ImportMistakesTests
{
    [Fact]
    public void Of_lines_each_mistake_stands_at_its_line_whatever_the_service_counted()
    {
        const string Text = "{\"kind\":\"note\"}\n\n{oops}\n{\"text\":\"x\"}\n";
        var wrong = ImportMistakes.Of(
            Text,
            [
                new Finding("line 3", "'o' is an invalid start. Path: $ | LineNumber: 0 | BytePositionInLine: 1."),
                new Finding("[0].text", "Say what happened."),
                new Finding("[1].kind", "Say what sort of thing it is."),
            ]
        );

        Assert.Equal(
            [
                new ImportMistake("Line 1, text", "Say what happened.", "{\"kind\":\"note\"}"),
                new ImportMistake("Line 3", "'o' is an invalid start.", "{oops}"),
                new ImportMistake("Line 4, kind", "Say what sort of thing it is.", "{\"text\":\"x\"}"),
            ],
            wrong
        );
    }

    [Fact]
    public void Of_an_array_it_is_the_entry_or_the_line_that_cannot_be_read()
    {
        var wrong = ImportMistakes.Of(
            " [\n{}]",
            [
                new Finding("[1].text", "Say what happened."),
                new Finding("$[0].at", "No moment. Path: $[0].at | LineNumber: 4 | BytePositionInLine: 9."),
                new Finding("", "Send at least one entry."),
            ]
        );

        Assert.Equal(["Entry 2, text", "Line 5, at", ""], wrong.Select(one => one.Where));
        Assert.Equal("No moment.", wrong[1].Message);
    }
}
