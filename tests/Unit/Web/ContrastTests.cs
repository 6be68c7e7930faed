using System.Globalization;
using System.Text.RegularExpressions;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>
/// The colours that text and signs have, on every ground they stand on, in both themes, by the contrast of WCAG 2.2: 4.5 for text,
/// 3 for signs and lines that say something.
/// </summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Grounds = ["bg", "panel", "panel2"];
    private static readonly Dictionary<string, (string Light, string Dark)> Colours = Read();

    public static TheoryData<string, string, double> Pairs =>
        [
            .. from ink in new[] { "ink", "ink2", "ink3", "accent", "ok", "warn", "bad", "exp" }
            from ground in Grounds
            select new TheoryDataRow<string, string, double>(ink, ground, 4.5),
            .. from sign in new[] { "sev1", "sev2", "sev3", "sev4", "budget", "incident", "focus" }
            from ground in Grounds
            select new TheoryDataRow<string, string, double>(sign, ground, 3),
            .. from sev in new[] { "sev1", "sev2", "sev3", "sev4" }
            select new TheoryDataRow<string, string, double>("on-sev", sev, 3),
            .. from person in Enumerable.Range(0, 8)
            select new TheoryDataRow<string, string, double>("on-p", $"p{person}", 4.5),
            new TheoryDataRow<string, string, double>("on-accent", "accent", 4.5),
        ];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void It_can_be_read(string ink, string ground, double least)
    {
        var (above, below) = (Colours[ink], Colours[ground]);
        Assert.True(Contrast(above.Light, below.Light) >= least, $"light: {Contrast(above.Light, below.Light):0.00}");
        Assert.True(Contrast(above.Dark, below.Dark) >= least, $"dark: {Contrast(above.Dark, below.Dark):0.00}");
    }

    // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio: black on white is 21.
    [Fact]
    public void Black_on_white_is_the_most_there_is() => Assert.Equal(21, Contrast("#000000", "#ffffff"), 6);

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    private static Dictionary<string, (string Light, string Dark)> Read()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "src", "Web", "wwwroot", "css", "tokens.css"));
        return Token()
            .Matches(text)
            .ToDictionary(
                match => match.Groups["name"].Value,
                match =>
                    match.Groups["one"].Success
                        ? (match.Groups["one"].Value, match.Groups["one"].Value)
                        : (match.Groups["light"].Value, match.Groups["dark"].Value)
            );
    }

    [GeneratedRegex(
        @"--(?<name>[a-z0-9-]+): (?:light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)|(?<one>#[0-9a-f]{6}));"
    )]
    private static partial Regex Token();
}
