using System.Text;
using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Otlp;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Timeline;

public sealed class LogEvidenceTests
{
    private const string Example = """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}},
          {"key":"service.version","value":{"stringValue":"1.4.2"}}]},
         "scopeLogs":[{"scope":{"name":"Shop.Payments"},"logRecords":[
          {"timeUnixNano":"1764064800123456700","observedTimeUnixNano":"1764064801000000000","severityNumber":21,
           "severityText":"Fatal","body":{"stringValue":"The ledger is gone"},"traceId":"0AF7651916CD43DD8448EB211C80319C",
           "spanId":"b7ad6b7169203331","attributes":[{"key":"exception.type","value":{"stringValue":"IOException"}},
            {"key":"attempts","value":{"intValue":"3"}},{"key":"steady.link","value":{"stringValue":"https://logs.example/1"}},
            {"key":"hosts","value":{"arrayValue":{"values":[{"stringValue":"a"},{"boolValue":true}]}}}]},
          {"observedTimeUnixNano":1764064801000000000,"severityNumber":"SEVERITY_NUMBER_WARN2","eventName":"feature_flag.change",
           "attributes":[{"key":"steady.incident","value":{"stringValue":"INC-7"}}]}]}]}]}
        """;

    private static readonly DateTimeOffset Now = new(2025, 11, 25, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_record_becomes_an_entry_with_its_moment_its_words_and_its_trace()
    {
        var entry = Read(Records()[0]);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(17640648001234567), entry.OccurredAt);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1764064801), entry.WrittenAt);
        Assert.Null(entry.Precision);
        Assert.Equal(("otlp", "log", "checkout"), (entry.Source, entry.Kind, Assert.Single(entry.Services)));
        Assert.Equal("The ledger is gone – IOException", entry.Text);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", entry.TraceId);
        Assert.Equal("https://logs.example/1", Assert.Single(entry.Links!).Url);
        var labels = entry.Labels!;
        Assert.Equal(
            ("fatal", "Shop.Payments", "b7ad6b7169203331", "1.4.2", "3", """["a",true]"""),
            (
                labels["log.severity"],
                labels["otel.scope.name"],
                labels["span_id"],
                labels["service.version"],
                labels["attempts"],
                labels["hosts"]
            )
        );
        Assert.Empty(Evidence.Wrong(entry, Now));
    }

    [Fact]
    public void What_only_says_when_it_was_seen_is_not_exact_and_an_event_is_of_its_own_kind()
    {
        var record = Records()[1];
        var entry = Read(record);
        Assert.Equal((14, "INC-7"), (record.Severity, LogEvidence.IncidentOf(record)));
        Assert.Equal(EntryPrecision.Approx, entry.Precision);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1764064801), entry.OccurredAt);
        Assert.Equal(("feature_flag.change", "flag"), (entry.Kind, Categories.Of(entry.Kind)));
        Assert.Equal("feature_flag.change", entry.Text);
        Assert.DoesNotContain("steady.incident", entry.Labels!.Keys);
    }

    [Theory]
    [InlineData(21, true)]
    [InlineData(24, true)]
    [InlineData(20, false)]
    [InlineData(0, false)]
    public void Only_what_is_marked_or_bad_enough_is_evidence(int severity, bool isEvidence)
    {
        var record = Records()[0] with { Severity = severity };
        Assert.Equal(isEvidence, LogEvidence.Is(record, LogEvidence.Fatal));
        Assert.False(LogEvidence.Is(record, int.MaxValue));
        Assert.True(LogEvidence.Is(Records()[1], int.MaxValue));
    }

    [Theory]
    [InlineData("incident-declared")]
    [InlineData("Not a kind")]
    [InlineData("")]
    public void Nobody_else_tells_what_the_platform_tells(string name) =>
        Assert.Equal("log", Read(Records()[0] with { EventName = name }).Kind);

    [Fact]
    public void The_same_record_has_the_same_key_and_another_has_another()
    {
        Assert.Equal(Records()[0].Key(), Records()[0].Key());
        Assert.NotEqual(Records()[0].Key(), (Records()[0] with { Time = 1 }).Key());
        Assert.NotEqual(Records()[0].Key(), (Records()[0] with { Body = "Another" }).Key());
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused_and_nothing_else() =>
        Gen
            .Byte.Array[0, 200]
            .Sample(bytes =>
            {
                try
                {
                    LogsProtobuf.Read(bytes);
                }
                catch (UnreadableLogsException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            });

    [Fact]
    public void Lists_in_lists_are_read_as_deep_as_anybody_would_write_them()
    {
        byte[] value = [0x08];
        for (var i = 0; i < 2_000; i++)
            value = Field(5, Field(1, value));
        var record = Field(5, value);
        var read = LogsProtobuf.Read(Field(1, Field(2, Field(2, record))));
        Assert.Contains("[[", LogRecord.TextOf(Assert.Single(read).Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"resourceLogs":7}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"\ud800"}}]}]}]}""")]
    public void What_is_no_json_of_the_kind_is_refused_with_a_reason(string body) =>
        Assert.Contains(
            "ExportLogsServiceRequest",
            Assert.Throws<UnreadableLogsException>(() => LogsJson.Read(Encoding.UTF8.GetBytes(body))).Message,
            StringComparison.Ordinal
        );

    private static List<LogRecord> Records() => LogsJson.Read(Encoding.UTF8.GetBytes(Example));

    private static EntryRecorded Read(LogRecord record) => LogEvidence.Read(record, null, null, "collector", Now);

    private static byte[] Field(int number, byte[] bytes)
    {
        var length = new List<byte>();
        var rest = bytes.Length;
        for (; rest >= 0x80; rest >>= 7)
            length.Add((byte)(rest | 0x80));
        return [(byte)((number << 3) | 2), .. length, (byte)rest, .. bytes];
    }
}
