using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Steady.Incidents.Intake;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>What Alertmanager does by itself, as its event recorder writes it.</summary>
public sealed class RecorderTests
{
    private static readonly Routes First = Routes.Of(Routes.First.Routes, Routes.First.ServiceLabels);
    private const string Silence = """
        {"id":"s-1","createdBy":"ana","comment":"Disk is being replaced","updatedAt":"2026-11-24T11:59:00Z",
         "endsAt":"2026-11-24T13:00:00Z",
         "matchers":[{"type":"TYPE_EQUAL","name":"service","pattern":"checkout","rendered":"service=\"checkout\""}]}
        """;
    private const string Muted =
        """{"fingerprint":"17366529465","labels":{"labels":[{"key":"alertname","value":"DiskFull"},{"key":"service","value":"ledger"}]}}""";

    private static readonly JsonArray All =
    [
        Event(0, "silenceCreated", $$"""{"silence":{{Silence}}}"""),
        Event(1, "silenceMutedAlert", $$"""{"silence":{{Silence}},"mutedAlert":{{Muted}}}"""),
        Event(2, "silenceMutedAlert", $$"""{"silence":{{Silence}},"mutedAlert":{{Muted}}}"""),
        Event(3, "inhibitionMutedAlert", $$"""{"mutedAlert":{{Muted}},"inhibitingFingerprints":["7","5"]}"""),
        Event(4, "inhibitionMutedAlert", $$"""{"mutedAlert":{{Muted}},"inhibitingFingerprints":["5","7"]}"""),
        Event(
            5,
            "notification",
            """
            {"alerts":[{"hash":"1","details":{"labels":{"alertname":"Slow","service":"checkout"}}},{"hash":"2"}],
             "firingAlerts":[{"hash":"1"},{"hash":"2"}],"groupInfo":{"receiverName":"steady","groupUuid":"g","groupLabels":{}},
             "reason":"NOTIFY_REASON_FIRST_NOTIFICATION","flushId":"9","integration":{"name":"webhook","index":"0"}}
            """
        ),
        Event(6, "alertCreated", """{"alert":{"name":"Slow"}}"""),
        Event(7, "alertmanagerStartupEvent", """{"version":"0.34.0"}"""),
        Event(8, "somethingNew", """[1,2]"""),
    ];

    [Fact]
    public void Silences_inhibitions_and_notifications_are_told_once()
    {
        var (entries, problem) = Read(All);
        Assert.Null(problem);
        Assert.Equal(
            [
                (
                    "silence-created",
                    "checkout",
                    "Silenced by ana until 2026-11-24 13:00 UTC: service=\"checkout\". Disk is being replaced"
                ),
                ("alert-silenced", "ledger", "DiskFull fires and is silenced by ana: Disk is being replaced"),
                ("alert-inhibited", "ledger", "DiskFull fires and is kept quiet by 2 other alerts."),
                (
                    "notification",
                    "checkout",
                    "Alertmanager told steady (webhook) of 2 firing and 0 resolved: first notification."
                ),
            ],
            entries
                .DistinctBy(one => one.Id)
                .Select(one => (one.Entry.Kind, Assert.Single(one.Entry.Services), one.Entry.Text))
        );
        Assert.Equal(("DiskFull", "s-1"), (entries[1].Entry.Labels!["alertname"], entries[1].Entry.Labels!["silence"]));
    }

    [Fact]
    public void Whatever_is_repeated_and_in_whatever_order_tells_the_same() =>
        Gen.Int[0, All.Count - 1]
            .List[0, 20]
            .Sample(
                more =>
                {
                    var events = new JsonArray([
                        .. more.Select(i => All[i]!.DeepClone()),
                        .. All.Reverse().Select(one => one!.DeepClone()),
                    ]);
                    return Read(events)
                        .Entries.Select(one => one.Id)
                        .ToHashSet()
                        .SetEquals(Read(All).Entries.Select(one => one.Id));
                },
                print: more => string.Join(", ", more)
            );

    [Fact]
    public void One_event_alone_is_read_too() =>
        Assert.Single(Recorder.Read("prod", All[0]!.AsElement(), First).Entries);

    [Theory]
    [InlineData("7")]
    [InlineData("[7]")]
    [InlineData("""[{"@timestamp":"2026-11-24T12:00:00Z"}]""")]
    [InlineData("""[{"data":{}}]""")]
    [InlineData("""[{"@timestamp":"soon","data":{}}]""")]
    public void What_is_none_is_refused_whole(string body) =>
        Assert.NotNull(Recorder.Read("prod", JsonDocument.Parse(body).RootElement, First).Problem);

    private static (
        IReadOnlyList<(Guid Id, Steady.Incidents.Timeline.EntryRecorded Entry)> Entries,
        string? Problem
    ) Read(JsonArray events) => Recorder.Read("prod", events.AsElement(), First);

    private static JsonObject Event(int minute, string kind, string data) =>
        new()
        {
            ["@timestamp"] = Noon.AddMinutes(minute).ToString("O"),
            ["instance"] = "am-1",
            ["clusterPosition"] = 0,
            ["data"] = new JsonObject { [kind] = JsonNode.Parse(data) },
        };
}
