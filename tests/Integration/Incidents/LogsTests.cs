using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Log records of OTLP, from the SDK's own exporter and by hand: evidence is kept, once, and the rest is not.</summary>
public sealed class LogsTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_program_logs_with_the_SDK_is_found_when_it_is_evidence()
    {
        var incident = await platform.Declare("shop", Noon);
        using (
            var factory = LoggerFactory.Create(logging =>
                logging.AddOpenTelemetry(options =>
                {
                    options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop", serviceVersion: "7"));
                    options.IncludeFormattedMessage = true;
                    options.AddOtlpExporter(
                        (exporter, processor) =>
                        {
                            exporter.Endpoint = new Uri(platform.Service.Address, "v1/logs");
                            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                            exporter.Headers = $"Authorization=Bearer {TestTokens.With("ingest:alerts", "collector")}";
                            processor.ExportProcessorType = ExportProcessorType.Simple;
                        }
                    );
                })
            )
        )
        {
            var log = factory.CreateLogger("Shop.Payments");
            Say(log, LogLevel.Critical, "The ledger is gone");
            Say(log, LogLevel.Error, "One payment failed");
            log.Log(
                LogLevel.Information,
                new EventId(1),
                new Dictionary<string, object?> { ["steady.incident"] = $"INC-{incident.Number}" },
                new InvalidOperationException("disk full"),
                (_, _) => "Moved to the other ledger"
            );
        }

        var found = await Eventually.Answers(
            () => platform.Get<TimelineAnswer>("/v1/timeline?q=service:shop source:otlp"),
            answer => answer.Items.Count == 2
        );
        var (lost, moved) = (
            found.Items.Single(one => one.Text == "The ledger is gone"),
            found.Items.Single(one => one.IncidentId == incident.Id)
        );
        Assert.Equal(("collector", "log", "fatal"), (lost.Actor, lost.Kind, lost.Labels!["log.severity"]));
        Assert.Equal(("Shop.Payments", "7"), (lost.Labels["otel.scope.name"], lost.Labels["service.version"]));
        Assert.Contains("disk full", moved.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(found.Items, one => one.Text == "One payment failed");
    }

    [Fact]
    public async Task The_same_records_again_are_known_and_what_cannot_be_kept_is_said()
    {
        var body = Body("INC-999999", "true");
        for (var i = 0; i < 2; i++)
        {
            using var answer = await Send(Encoding.UTF8.GetBytes(body), "application/json", i == 0 ? null : "gzip");
            var said = await answer.Content.ReadAsStringAsync(Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("\"rejectedLogRecords\":\"1\"", said, StringComparison.Ordinal);
            Assert.Contains("INC-999999", said, StringComparison.Ordinal);
        }

        await Eventually.Holds(
            async () =>
                (await platform.Get<TimelineAnswer>("/v1/timeline?q=service:cart source:otlp from:-3650d")).Items.Count
                == 1,
            "One of them stands, once"
        );
    }

    [Theory]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "br", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", null, HttpStatusCode.BadRequest)]
    [InlineData("application/x-protobuf", null, HttpStatusCode.BadRequest)]
    [InlineData("application/x-protobuf", "gzip", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_read_is_answered_as_OTLP_answers(
        string type,
        string? encoding,
        HttpStatusCode expected
    )
    {
        using var answer = await Send("nonsense"u8.ToArray(), type, encoding, isCompressed: true);
        Assert.Equal(expected, answer.StatusCode);
        var said = await answer.Content.ReadAsByteArrayAsync(Stop);
        if (type == "text/plain")
            return;
        if (type == "application/json")
            Assert.Contains("\"message\":", Encoding.UTF8.GetString(said), StringComparison.Ordinal);
        else
            Assert.Equal(new byte[] { 0x08, 3, 0x12 }, said[..3]);
    }

    [Fact]
    public async Task Too_much_is_refused_before_it_is_read()
    {
        using var large = await Send(new byte[5 * 1024 * 1024], "application/x-protobuf", null);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var bomb = await Send(new byte[9 * 1024 * 1024], "application/x-protobuf", "gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        using var foreign = platform.Service.Client("incidents:read");
        using var refused = await foreign.PostAsync("/v1/logs", new ByteArrayContent([]), Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static void Say(ILogger log, LogLevel level, string what) =>
        log.Log(level, new EventId(0), new Dictionary<string, object?>(), null, (_, _) => what);

    private static string Body(params string[] marks) =>
        """{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeLogs":[{"logRecords":["""
        + string.Join(
            ',',
            marks.Select(mark =>
                $$$"""{"timeUnixNano":"1764064800000000000","severityNumber":9,"body":{"stringValue":"Carts are empty"},"attributes":[{"key":"steady.incident","value":{"stringValue":"{{{mark}}}"}}]}"""
            )
        )
        + "]}]}]}";

    private async Task<HttpResponseMessage> Send(byte[] body, string type, string? encoding, bool isCompressed = false)
    {
        if (encoding == "gzip" && !isCompressed)
        {
            using var compressed = new MemoryStream();
            await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
                await gzip.WriteAsync(body, Stop);
            body = compressed.ToArray();
        }

        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/logs") { Content = content };
        // What is refused by its length is not sent, however long the answer takes.
        request.Headers.ExpectContinue = true;
        request.RequestUri = new Uri(platform.Ana.BaseAddress!, request.RequestUri!);
        request.Headers.Authorization = platform.Ana.DefaultRequestHeaders.Authorization;
        using var patient = new HttpClient(
            new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }
        );
        return await patient.SendAsync(request, Stop);
    }
}
