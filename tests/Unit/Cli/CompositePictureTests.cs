using Steady.Cli.Drawing;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class CompositePictureTests
{
    private static readonly CompositeStatus Buying = new(
        Guid.Empty,
        1,
        "buying",
        "People can buy",
        "shop",
        0.998m,
        "28d",
        BudgetingMethod.Occurrences,
        0.9985m,
        0.75m,
        0.25m,
        null,
        null,
        new(["cards", "checkout"], 0.998001m, true, "0.999 · 0.999 = 0.998001: 0.998 is reachable."),
        new(
            CompositeKind.Serial,
            null,
            0.998001m,
            0.9985m,
            null,
            [
                new(CompositeKind.Objective, "checkout", 0.999m, 0.9985m, null, []),
                new(CompositeKind.Objective, "cards", 0.999m, null, 2, []),
            ]
        ),
        ["cards"],
        CommandLine.Now
    );

    [Fact]
    public void A_composite_shows_what_is_left_what_it_stands_on_and_its_parts()
    {
        var text = new StringWriter();
        CompositePictures.Page(Screens.On(text), Buying, CommandLine.Now);
        var output = text.ToString();
        Assert.All(
            (string[])
                ["buying", "25 % left", "0.998 is reachable", "  checkout", "no data", "Nothing is counted for cards"],
            part => Assert.Contains(part, output, StringComparison.Ordinal)
        );
        TestContext.Current.TestOutputHelper?.WriteLine(output);
    }

    [Fact]
    public void An_empty_list_says_how_to_define_one()
    {
        var text = new StringWriter();
        CompositePictures.Composites(Screens.On(text), new Page<CompositeStatus>([], null), CommandLine.Now);
        Assert.Contains("steady composite apply", text.ToString(), StringComparison.Ordinal);
    }
}
