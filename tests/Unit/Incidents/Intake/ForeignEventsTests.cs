using System.Text;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>CloudEvents: entries of the timeline, or alerts when their data has one.</summary>
public sealed class ForeignEventsTests
{
    private static readonly Routes First = Routes.Of(Routes.First.Routes, Routes.First.ServiceLabels);

    [Fact]
    public void An_event_is_an_entry_of_its_service_and_keeps_what_it_says_of_itself()
    {
        var read = Read(
            """
            "type":"com.example.deploy.finished","subject":"checkout/v2","time":"2026-11-24T13:00:00+02:00",
            "recordedtime":"2026-11-24T11:00:01Z","correlationid":"c-1","causationid":"c-0","severitytext":"INFO",
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "data":{"service":"checkout","message":"v2 is out","took":7.5}
            """
        );
        var entry = read.Entry!;
        Assert.Null(read.Signal);
        Assert.Equal(
            ("cloudevents", "com.example.deploy.finished", "prod", "v2 is out", "0af7651916cd43dd8448eb211c80319c"),
            (entry.Source, entry.Kind, entry.Actor, entry.Text, entry.TraceId)
        );
        Assert.Equal((Noon.AddHours(-1), "checkout"), (entry.OccurredAt, Assert.Single(entry.Services)));
        foreach (
            var (name, value) in new[]
            {
                ("correlationid", "c-1"),
                ("causationid", "c-0"),
                ("severitytext", "INFO"),
                ("recordedtime", "2026-11-24T11:00:01Z"),
                ("subject", "checkout/v2"),
                ("took", "7.5"),
            }
        )
            Assert.Equal(value, entry.Labels![name]);
    }

    [Fact]
    public void An_event_whose_data_has_an_alert_is_one_and_keeps_its_extensions()
    {
        const string alert =
            """{"status":"firing","labels":{"alertname":"DiskFull","severity":"critical","service":"ledger"},"annotations":{"summary":"Full"}}""";
        var read = Read(
            """ "type":"x","time":"2026-11-24T11:00:00Z","severitytext":"FATAL","data":{"alert":""" + alert + "}"
        );
        var signal = read.Signal!;
        Assert.Equal((Noon.AddHours(-1), null), (signal.Key.StartsAt, signal.EndsAt));
        Assert.Equal(("DiskFull", "FATAL"), (signal.Labels["alertname"], signal.Labels["severitytext"]));
        Assert.Equal(new Routed("ledger", Severity.Sev2), First.Of("prod", signal.Labels));
        // The same alert, whichever event speaks of it.
        var resolved = alert
            .Replace("firing", "resolved", StringComparison.Ordinal)
            .Replace("{\"status\"", "{\"startsAt\":\"2026-11-24T11:00:00Z\",\"status\"", StringComparison.Ordinal);
        var over = Read(""" "type":"y","data":{"alert":""" + resolved + "}");
        Assert.Equal(signal.Key, over.Signal!.Key);
        Assert.Equal(Now, over.Signal.EndsAt);
    }

    [Fact]
    public void What_says_nothing_is_called_after_its_type() =>
        Assert.Equal(
            "com.example.tick of clock",
            Read(""" "type":"com.example.tick","subject":"clock" """).Entry!.Text
        );

    [Fact]
    public void The_same_source_and_id_are_the_same_whatever_else_differs()
    {
        Assert.Equal(Read(""" "type":"a" """).Id, Read(""" "type":"b","subject":"s" """).Id);
        Assert.NotEqual(Read(""" "type":"a" """).Id, Read(""" "type":"a" """, "/other").Id);
        Assert.NotEqual(Read(""" "type":"a" """).Id, Read(""" "type":"a" """, integration: "other").Id);
    }

    [Theory]
    [InlineData("""{"alert":7}""")]
    [InlineData("""{"alert":{"status":"firing"}}""")]
    [InlineData("""{"alert":{"status":"on","labels":{"a":"b"}}}""")]
    [InlineData("""{"alert":null}""")]
    [InlineData("\"\\ud800\"")]
    public void Data_that_cannot_be_read_is_named(string data) =>
        Assert.NotNull(
            ForeignEvents.Read("prod", Decode($""" "type":"a","data":{data} """, "/ci"), First, Now).Problem
        );

    private static ForeignEvent Read(string members, string source = "/ci", string integration = "prod")
    {
        var (read, problem) = ForeignEvents.Read(integration, Decode(members, source), First, Now);
        Assert.Null(problem);
        return read!;
    }

    private static CloudEvent Decode(string members, string source) =>
        new JsonEventFormatter().DecodeStructuredModeMessage(
            Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"1","source":"{{source}}",{{members}}}"""),
            null,
            null
        );
}
