using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>Events of PagerDuty's Events v2, as PagerDuty documents them.</summary>
public sealed class PagerDutyTests
{
    private static readonly Routes First = Routes.Of(Routes.First.Routes, Routes.First.ServiceLabels);

    [Fact]
    public void The_documented_trigger_is_read_whole()
    {
        var (read, errors) = PagerDuty.Read(Body(0).AsElement());
        Assert.Empty(errors);
        Assert.Equal((PagerDutyAction.Trigger, "srv01/mysql"), (read!.Action, read.DedupKey));
        // Its own example writes the offset without a colon.
        Assert.Equal(new DateTimeOffset(2015, 7, 17, 8, 42, 58, 315, TimeSpan.Zero), read.At);
        Assert.Equal(
            [
                ("alertname", "disk"),
                ("class", "disk"),
                ("client", "Sample Monitoring Service"),
                ("component", "mysql"),
                ("dedup_key", "srv01/mysql"),
                ("free space", "1%"),
                ("group", "prod-datapipe"),
                ("load avg", "0.75"),
                ("ping time", "1500ms"),
                ("severity", "critical"),
                ("source", "prod-datapipe03.example.com"),
            ],
            read.Labels.Select(label => (label.Key, label.Value))
        );
        Assert.Equal("DISK at 99% on machine prod-datapipe03.example.com", read.Annotations["summary"]);
        Assert.Contains("An example link.", read.Annotations["links"], StringComparison.Ordinal);
        Assert.Equal("https://monitoring.service.com", read.Link);
        Assert.Equal(Severity.Sev2, First.Of("prod", read.Labels).Severity);
    }

    [Theory]
    [InlineData(1, PagerDutyAction.Acknowledge)]
    [InlineData(2, PagerDutyAction.Resolve)]
    public void What_is_said_later_needs_the_dedup_key_alone(int sample, PagerDutyAction action)
    {
        var (read, errors) = PagerDuty.Read(Body(sample).AsElement());
        Assert.Empty(errors);
        Assert.Equal((action, "dedupkeyhere"), (read!.Action, read.DedupKey));
        var without = Body(sample);
        without.AsObject().Remove("dedup_key");
        Assert.Contains(
            "dedup_key",
            Assert.Single(PagerDuty.Read(without.AsElement()).Errors),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_documented_change_is_read()
    {
        var (read, errors) = PagerDuty.ReadChange(Body(3).AsElement());
        Assert.Empty(errors);
        Assert.Equal("Build Success: Increase snapshot create timeout to 30 seconds", read!.Summary);
        Assert.Equal(new DateTimeOffset(2020, 7, 17, 8, 42, 58, 315, TimeSpan.Zero), read.At);
        Assert.Equal("passed", read.Labels["build_state"]);
        Assert.Equal(["View more details in Acme!: https://acme.pagerduty.dev/build/2"], read.Links);
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var body = Body(0);
        body["dedup_key"] = new string('k', 256);
        body["payload"]!["summary"] = new string('s', 1025);
        body["payload"]!["severity"] = "page";
        body["payload"]!["timestamp"] = "yesterday";
        body["payload"]!.AsObject().Remove("source");
        var errors = PagerDuty.Read(body.AsElement()).Errors;
        Assert.Equal(
            ["dedup_key", "payload.summary", "payload.source", "payload.severity", "payload.timestamp"],
            errors.Select(error => error.Split('\'')[1])
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"event_action":7,"payload":[],"links":3,"dedup_key":{}}""")]
    [InlineData("""{"event_action":"trigger","payload":"x"}""")]
    public void What_is_no_event_is_refused_and_breaks_nothing(string body)
    {
        var element = JsonDocument.Parse(body).RootElement;
        Assert.NotNull(PagerDuty.Key(element).Problem);
        Assert.NotEmpty(PagerDuty.Read(element).Errors);
        Assert.NotEmpty(PagerDuty.ReadChange(element).Errors);
    }

    [Fact]
    public void A_key_has_32_characters()
    {
        Assert.Equal("e93facc04764012d7bfb002500d5d1a6", PagerDuty.Key(Body(0).AsElement()).Key);
        Assert.NotNull(PagerDuty.Key(Body(1).AsElement()).Problem);
    }

    [Fact]
    public void An_event_without_a_class_is_called_after_its_summary()
    {
        var body = Body(0);
        body["payload"]!.AsObject().Remove("class");
        var read = PagerDuty.Read(body.AsElement()).Event!;
        Assert.Equal("DISK at 99% on machine prod-datapipe03.example.com", read.Labels["alertname"]);
        Assert.DoesNotContain("summary", read.Annotations.Keys);
        body["payload"]!["summary"] = new string('s', 1024);
        read = PagerDuty.Read(body.AsElement()).Event!;
        Assert.Equal((200, 1024), (read.Labels["alertname"].Length, read.Annotations["summary"].Length));
    }

    private static JsonNode Body(int sample)
    {
        var path = Repository.File("tests", "Unit", "Incidents", "Data", "payloads.json");
        var all = JsonNode.Parse(File.ReadAllText(path))!["pagerDutyEventsV2"]!["samples"]!.AsArray();
        return all[sample]!["body"]!.DeepClone();
    }
}

internal static class Elements
{
    public static JsonElement AsElement(this JsonNode node) => JsonDocument.Parse(node.ToJsonString()).RootElement;
}
