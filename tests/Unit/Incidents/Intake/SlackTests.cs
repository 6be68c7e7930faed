using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>Slack's slash command: its signature, and what is typed behind it.</summary>
public sealed class SlackTests
{
    private static readonly JsonNode Vector = JsonNode.Parse(
        File.ReadAllText(Repository.File("tests", "Unit", "Incidents", "Data", "payloads.json"))
    )!["slackRequest"]!;
    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeSeconds(
        Vector["timestamp"]!.GetValue<long>()
    );

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void The_documented_signature_holds_for_five_minutes(int seconds, bool holds) =>
        Assert.Equal(holds, IsSigned(Text("signature"), Text("body"), Signed.AddSeconds(seconds)));

    [Fact]
    public void Whatever_differs_is_not_signed()
    {
        var (signature, body) = (Text("signature"), Text("body"));
        Assert.False(IsSigned(signature, $"{body}x", Signed));
        Assert.False(IsSigned($"{signature[..^1]}0", body, Signed));
        Assert.False(IsSigned(signature[..^1], body, Signed));
        Assert.False(IsSigned(null, body, Signed));
        Assert.False(Slack.IsSigned(["another secret"], Stamp, signature, Encoding.UTF8.GetBytes(body), Signed));
        Assert.False(Slack.IsSigned([], Stamp, signature, Encoding.UTF8.GetBytes(body), Signed));
        Assert.False(Slack.IsSigned([Text("signingSecret")], "soon", signature, Encoding.UTF8.GetBytes(body), Signed));
        Assert.False(Slack.IsSigned([Text("signingSecret")], $"{long.MaxValue}", signature, [], Signed));
    }

    [Fact]
    public void The_old_secret_holds_beside_the_new_one() =>
        Assert.True(
            Slack.IsSigned(
                ["the new secret", Text("signingSecret")],
                Stamp,
                Text("signature"),
                Encoding.UTF8.GetBytes(Text("body")),
                Signed
            )
        );

    [Fact]
    public void What_is_typed_is_understood()
    {
        Assert.Equal(
            new SlackCommand.Declare(new DeclareIncident("checkout", Severity.Sev2, "Nobody can pay")),
            Slack.Read("declare checkout SEV2  Nobody can pay ")
        );
        Assert.Equal(new SlackCommand.List(), Slack.Read(" list "));
        Assert.Equal(new SlackCommand.Note("INC-7", "Rolled back to v1"), Slack.Read("note INC-7 Rolled back to v1"));
    }

    [Theory]
    [InlineData("", "can type")]
    [InlineData("help", "can type")]
    [InlineData("resolve INC-7", "no 'resolve'")]
    [InlineData("<!channel>", "&lt;!channel&gt;")]
    [InlineData("declare checkout sev2", "how bad")]
    [InlineData("declare checkout sev9 Burning", "no severity")]
    [InlineData("declare checkout 1 Burning", "no severity")]
    [InlineData("note INC-7", "which incident")]
    public void What_is_not_is_answered_with_what_can_be_typed(string text, string said) =>
        Assert.Contains(said, Assert.IsType<SlackCommand.Help>(Slack.Read(text)).Text, StringComparison.Ordinal);

    [Fact]
    public void What_was_seen_is_remembered_for_a_while_and_bounded()
    {
        var clock = new FakeTimeProvider(Noon);
        var seen = new SeenOnce(clock);
        Assert.True(seen.Add("a"));
        Assert.False(seen.Add("a"));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(seen.Add("a"));
        for (var i = 0; i < 10_000; i++)
            Assert.True(seen.Add($"{i}"));
        Assert.True(seen.Add("a"));
    }

    private static string Stamp => $"{Vector["timestamp"]!.GetValue<long>()}";

    private static string Text(string name) => Vector[name]!.GetValue<string>();

    private static bool IsSigned(string? signature, string body, DateTimeOffset now) =>
        Slack.IsSigned([Text("signingSecret")], Stamp, signature, Encoding.UTF8.GetBytes(body), now);
}
