using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkiaSharp;
using Steady.Tests.Support;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;
using Steady.Web.Plots;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Pictures of the console as files.</summary>
public sealed partial class PlotTests
{
    private const string Hostile = "<script>alert(1)</script> & \"quoted\"";
    private static readonly string[] Painted = ["svg", "g", "rect", "circle", "line", "path", "text"];
    private static readonly string[] NotPainted = ["title", "defs", "pattern", "linearGradient", "stop"];
    private static readonly string[] Pictures = ["burn-down", "strip", "ladder"];

    public static TheoryData<string, bool> All()
    {
        var all = new TheoryData<string, bool>();
        foreach (var picture in Pictures)
        {
            all.Add(picture, false);
            all.Add(picture, true);
        }

        return all;
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_file_says_by_itself_how_it_looks(string picture, bool isDark)
    {
        var plot = await Draw(picture, isDark);
        var text = Encoding.UTF8.GetString(plot.ToSvg());

        Assert.DoesNotMatch(Unresolved(), text);
        var svg = XElement.Parse(text);
        Assert.All(svg.DescendantsAndSelf(), one => Assert.Equal("http://www.w3.org/2000/svg", one.Name.NamespaceName));
        var named = svg.Descendants().Select(one => (string?)one.Attribute("id")).ToHashSet();
        Assert.All(Reference().Matches(text), match => Assert.Contains(match.Groups["id"].Value, named));
        Assert.Contains(svg.Descendants(), one => one.Value == Hostile && one.Name.LocalName == "text");
        Assert.DoesNotContain(svg.Descendants(), one => one.Name.LocalName == "script");
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_is_in_a_picture_can_be_painted(string picture, bool isDark)
    {
        var plot = await Draw(picture, isDark);
        Assert.All(
            plot.Drawing.DescendantsAndSelf(),
            one => Assert.Contains(one.Name.LocalName, (string[])[.. Painted, .. NotPainted])
        );

        using var image = SKBitmap.Decode(PlotPainter.Png(plot, 2));
        Assert.Equal((2 * plot.Width, 2 * plot.Height), (image.Width, image.Height));
        var ground = SKColor.Parse(isDark ? "#12161f" : "#ffffff");
        Assert.Equal(ground, image.GetPixel(1, 1));
        var painted = image.Pixels.Count(pixel => pixel != ground);
        Assert.True(painted > image.Pixels.Length / 50, $"{painted} of {image.Pixels.Length} pixels are painted.");
    }

    [Fact]
    public async Task What_the_sheets_say_of_a_part_is_in_its_colour()
    {
        var ladder = await Draw("ladder", false);
        var held = ladder.Drawing.Descendants("rect").First(one => (string?)one.Attribute("stroke") == "#00795f");

        // color-mix(in oklab, var(--ok) 55%, var(--panel)), as Chromium computes it.
        Assert.Equal("#85b4a4", (string?)held.Attribute("fill"));
        using var image = SKBitmap.Decode(PlotPainter.Png(ladder, 1));
        var (x, y) = (Middle(held, "x", "width") + 24, Middle(held, "y", "height") + 76);
        Assert.Equal(SKColor.Parse("#85b4a4"), image.GetPixel((int)x, (int)y));
    }

    [Theory]
    [InlineData("var(--panel)", false, "#ffffff")]
    [InlineData("var(--panel)", true, "#12161f")]
    [InlineData("color-mix(in oklab, #ffffff 50%, #000000)", true, "#636363")]
    [InlineData("color-mix(in oklab, var(--panel) 60%, transparent)", false, "#ffffff")]
    [InlineData("none", false, "none")]
    public void A_colour_of_the_sheets_is_one_that_every_program_knows(string value, bool isDark, string means) =>
        Assert.Equal(means, new Colours(Tokens, isDark).Resolve(value));

    [Theory]
    [InlineData("var(--mauve)")]
    [InlineData("color-mix(in srgb, #ffffff, #000000)")]
    [InlineData("light-dark(#ffffff)")]
    public void What_is_not_understood_is_not_guessed(string value) =>
        Assert.Throws<FormatException>(() => new Colours(Tokens, false).Resolve(value));

    [Theory]
    [InlineData("rect", true)]
    [InlineData(".held rect", true)]
    [InlineData(".ladder .held.wide rect", true)]
    [InlineData("#first", true)]
    [InlineData("circle + rect", true)]
    [InlineData("line + rect", false)]
    [InlineData(".broke rect", false)]
    [InlineData("rect .held", false)]
    [InlineData("g", false)]
    public void A_rule_is_about_what_it_names(string selector, bool matches)
    {
        var picture = XElement.Parse(
            """<svg class="ladder"><g class="held wide"><circle /><rect id="first" /></g></svg>"""
        );
        Assert.Equal(matches, Selector.Read(selector)!.Matches(picture.Descendants("rect").Single()));
    }

    [Theory]
    [InlineData("a:hover")]
    [InlineData("main > section")]
    [InlineData("a[aria-current]")]
    [InlineData("*")]
    public void What_a_file_can_never_be_is_left_out(string selector) => Assert.Null(Selector.Read(selector));

    private static Dictionary<string, string> Tokens => new() { ["--panel"] = "light-dark(#ffffff, #12161f)" };

    private static async Task<Plot> Draw(string picture, bool isDark)
    {
        var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var _ = services;
        var style = new Stylesheet(
            new[] { "tokens", "app", "pages" }.Select(sheet =>
                File.ReadAllText(Repository.File("src", "Web", "wwwroot", "css", $"{sheet}.css"))
            )
        );
        var plotting = new Plotting(services, services.GetRequiredService<ILoggerFactory>(), style);
        var caption = new Caption(Hostile, "99.9 % over 30d", "as of noon");
        return picture switch
        {
            "burn-down" => await Of<BurnDownPicture>(
                (
                    nameof(BurnDownPicture.Picture),
                    DrawBurnDown.Of(BurnDownTests.History([1, 0.9m, 0.4m, -0.2m], BurnDownTests.Spend(1, 2, 50)))
                )
            ),
            "strip" => await Of<StripPicture>((nameof(StripPicture.Strip), StripTests.Draw(StripTests.Story))),
            _ => await Of<Ladder>(
                (nameof(Ladder.Rungs), StripTests.RunView().Rungs),
                (nameof(Ladder.Count), StripTests.RunView().RungCount)
            ),
        };

        Task<Plot> Of<T>(params (string Name, object? Value)[] parameters)
            where T : IComponent =>
            plotting.Draw<T>(parameters.ToDictionary(one => one.Name, one => one.Value), caption, isDark);
    }

    private static double Middle(XElement element, string from, string length) =>
        Number(element, from) + Number(element, length) / 2;

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"class=|var\(|light-dark|color-mix|currentColor|&quot;url")]
    private static partial Regex Unresolved();

    [GeneratedRegex(@"url\(#(?<id>[\w-]+)\)")]
    private static partial Regex Reference();
}
