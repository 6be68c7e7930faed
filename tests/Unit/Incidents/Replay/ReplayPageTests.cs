using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Replay;
using Xunit;
using static Steady.Tests.Unit.Incidents.Replay.Stories;

namespace Steady.Tests.Unit.Incidents.Replay;

/// <summary>A replay as a page that stands alone.</summary>
public sealed partial class ReplayPageTests
{
    private const string Evil = "</script><img src=x onerror=alert(1)><!-- & \"quoted\" 'so'";

    [Fact]
    public void It_fetches_nothing_and_its_policy_names_its_own_script_and_style_and_nothing_else()
    {
        var page = Page(Entry(1, Noon, Noon.AddMinutes(5), text: Evil));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Equal(2, Script().Count(page));
        Assert.Empty(Outside().Matches(page));
        var policy = Policy().Match(page).Groups[1].Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains(
            $"script-src '{Hash(Between(page, "<script>", "</script>"))}'",
            policy,
            StringComparison.Ordinal
        );
        Assert.Contains($"style-src '{Hash(Between(page, "<style>", "</style>"))}'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_read_without_a_script_with_what_was_corrected_taken_back_and_contradicted()
    {
        var (fixedAt, back) = (Noon.AddMinutes(9), Noon.AddMinutes(10));
        TimelineEntry[] story =
        [
            Entry(1, Noon, Noon.AddMinutes(5), 1, fixedAt, "release 7"),
            Entry(1, Noon, fixedAt, 2, text: "release 8"),
            Entry(2, Noon, Noon.AddMinutes(6), 1, back, "another cluster"),
        ];
        var page = Page(story);
        var table = Between(page, "<table", "</table>");
        Assert.Contains("release 8", table, StringComparison.Ordinal);
        Assert.Contains("until 20 Nov 2026, 12:09:00: <s>release 7</s>", table, StringComparison.Ordinal);
        Assert.Contains("taken back at 20 Nov 2026, 12:10:00", table, StringComparison.Ordinal);
        Assert.Contains("#clash-1", table, StringComparison.Ordinal);
        Assert.Contains("It cannot be.", Between(page, "<ol class=\"clashes\">", "</ol>"), StringComparison.Ordinal);
        Assert.Contains("Nothing is recorded of this.", Page(), StringComparison.Ordinal);
    }

    private static string Page(params TimelineEntry[] story)
    {
        var claims = story.Take(1).Select(one => new Claim(one.Id, "x", null, Noon, Noon, one.Text)).ToList();
        ContradictionView[] clashes =
            claims.Count == 0
                ? []
                : [new ContradictionView(Guid.Empty, ContradictionKind.ForbiddenState, "It cannot be.", claims, 1)];
        var end = Noon.AddDays(1);
        return ReplayPage.Of(new ReplayTelling(null, "text:x", end, story, Frames.Of(story, end), clashes, 60));
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex("</script>")]
    private static partial Regex Script();

    [GeneratedRegex("""(?:src|href)="(?!#)|@import|url\(|https?://(?!www\.w3\.org/2000/svg)""")]
    private static partial Regex Outside();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();
}
