using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Incidents.Intake;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>Messages of Alertmanager, of every generation that was found.</summary>
public sealed class AlertmanagerTests
{
    public static TheoryData<int> Recorded => [.. Enumerable.Range(0, 4)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_message_is_read(int sample)
    {
        var body = Body(sample);
        var message = Read(body);

        Assert.Null(Alertmanager.Check(message));
        foreach (var (alert, sent) in message.Alerts!.Zip(body["alerts"]!.AsArray()))
        {
            var signal = Alertmanager.Read("prod", alert!, Now);
            Assert.Equal(sent!["labels"]!["alertname"]!.GetValue<string>(), signal.Labels["alertname"]);
            // Nanoseconds are cut to the tenths of microseconds that we keep, whoever sends them.
            var began = DateTimeOffset.Parse(sent["startsAt"]!.GetValue<string>(), null);
            Assert.InRange(began - signal.Key.StartsAt, TimeSpan.Zero, TimeSpan.FromTicks(1));
            Assert.Equal(sent["status"]!.GetValue<string>() == "resolved", signal.EndsAt is not null);
            Assert.Equal(TimeSpan.Zero, signal.Key.StartsAt.Offset);
        }
    }

    [Fact]
    public void A_message_of_before_there_were_fingerprints_is_about_the_same_alert_as_one_with_it()
    {
        var body = Body(3);
        var said = Alertmanager.Read("prod", Read(body).Alerts![0]!, Now);
        body["alerts"]![0]!.AsObject().Remove("fingerprint");
        var computed = Alertmanager.Read("prod", Read(body).Alerts![0]!, Now);

        Assert.Equal("8a07086b74f3ba78", computed.Key.Fingerprint);
        Assert.Equal(said.Key, computed.Key);
    }

    [Fact]
    public void Fields_that_nobody_knows_yet_pass()
    {
        var body = Body(0);
        body["notification_reason"] = "first notification";
        body["routeLabels"] = new JsonObject { ["team"] = "pay" };
        body["alerts"]![0]!["somethingNew"] = new JsonArray(1, 2);
        Assert.Null(Alertmanager.Check(Read(body)));
    }

    [Fact]
    public void An_end_that_nobody_said_is_when_it_was_heard_of()
    {
        var body = Body(1);
        body["alerts"]![0]!["endsAt"] = "0001-01-01T00:00:00Z";
        Assert.Equal(Now, Alertmanager.Read("prod", Read(body).Alerts![0]!, Now).EndsAt);
    }

    [Fact]
    public void What_is_too_long_is_cut_and_the_alert_is_kept()
    {
        var body = Body(0);
        var alert = body["alerts"]![0]!;
        alert["annotations"]!["description"] = new string('d', 100_000);
        for (var i = 0; i < 500; i++)
            alert["labels"]![$"label{i}"] = new string('v', 5000);
        var read = Alertmanager.Read("prod", Read(body).Alerts![0]!, Now);
        Assert.Equal(64, read.Labels.Count);
        Assert.Equal(4000, read.Annotations["description"].Length);
        Assert.All(read.Labels.Values, value => Assert.InRange(value.Length, 0, 1000));
    }

    [Theory]
    [InlineData("version", "\"3\"", "version")]
    [InlineData("alerts", "null", "alerts")]
    [InlineData("alerts", "[null]", "alerts[0].labels")]
    [InlineData(
        "alerts",
        """[{"status":"firing","labels":{},"startsAt":"2026-11-24T12:00:00Z"}]""",
        "alerts[0].labels"
    )]
    [InlineData(
        "alerts",
        """[{"status":"on","labels":{"a":"b"},"startsAt":"2026-11-24T12:00:00Z"}]""",
        "alerts[0].status"
    )]
    [InlineData("alerts", """[{"status":"firing","labels":{"a":"b"}}]""", "alerts[0].startsAt")]
    public void What_cannot_be_read_is_named(string field, string value, string named)
    {
        var body = Body(0);
        body[field] = JsonNode.Parse(value);
        Assert.Equal(named, Alertmanager.Check(Read(body))?.Field);
    }

    private static JsonNode Body(int sample)
    {
        var path = Repository.File("tests", "Unit", "Incidents", "Data", "payloads.json");
        var all = JsonNode.Parse(File.ReadAllText(path))!["alertmanagerWebhook"]!["samples"]!.AsArray();
        return all[sample]!["body"]!.DeepClone();
    }

    private static AlertmanagerMessage Read(JsonNode body) => body.Deserialize<AlertmanagerMessage>(Json.Options)!;
}
