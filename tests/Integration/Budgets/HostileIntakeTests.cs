using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Snappier;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Bodies that are made to hurt get a clear answer, and cost bounded memory.</summary>
public sealed class HostileIntakeTests(BudgetsProcess budgets) : IClassFixture<BudgetsProcess>
{
    private const long Allowed = 250_000_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/v1/write", true)]
    [InlineData("api/v1/write", false)]
    [InlineData("v1/metrics", true)]
    [InlineData("v1/metrics", false)]
    public async Task A_body_of_a_hundred_megabytes_is_refused_while_it_comes(string path, bool saysLength)
    {
        var before = budgets.PeakMemory();
        using var content = new Endless(100_000_000, saysLength);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (path == "api/v1/write")
            content.Headers.ContentEncoding.Add("snappy");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOf(path, content));
        Assert.True(budgets.PeakMemory() - before < Allowed);
    }

    [Fact]
    public async Task Snappy_that_claims_or_holds_too_much_is_refused()
    {
        var before = budgets.PeakMemory();
        byte[][] bombs =
        [
            [0xff, 0xff, 0xff, 0xff, 0x0f, 0x00],
            Snappy.CompressToArray(new byte[100_000_000]),
            [0x80, 0x80, 0x80, 0x08, 0x00],
        ];
        var answers = new List<HttpStatusCode>();
        foreach (var bomb in bombs)
            answers.Add(await StatusOf("api/v1/write", RemoteWriteBody.Content(bomb, compress: false)));
        Assert.Equal(
            [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest],
            answers
        );
        Assert.True(budgets.PeakMemory() - before < Allowed);
    }

    [Fact]
    public async Task Gzip_without_end_is_refused()
    {
        var before = budgets.PeakMemory();
        var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1_000_000];
            for (var i = 0; i < 500; i++)
                await zip.WriteAsync(zeros, Stop);
        }

        foreach (var type in (string[])["application/x-protobuf", "application/json"])
        {
            var content = new ByteArrayContent(bomb.ToArray());
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            content.Headers.ContentEncoding.Add("gzip");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOf("v1/metrics", content));
        }

        Assert.True(budgets.PeakMemory() - before < Allowed);
    }

    [Fact]
    public async Task Errors_of_otlp_are_statuses_in_the_sender_s_encoding()
    {
        var json = await budgets.Ana.PostAsync(
            "v1/metrics",
            new StringContent("{\"resourceMetrics\":" + new string('[', 10_000), Encoding.UTF8, "application/json"),
            Stop
        );
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.StartsWith(
            "{\"code\":3,\"message\":\"",
            await json.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );

        var content = new ByteArrayContent([0x0a, 0x7f]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        var protobuf = await budgets.Ana.PostAsync("v1/metrics", content, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, protobuf.StatusCode);
        Assert.Equal("application/x-protobuf", protobuf.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0x08, 0x03, 0x12], (await protobuf.Content.ReadAsByteArrayAsync(Stop))[..3]);
    }

    [Fact]
    public async Task Mutated_requests_never_break_the_service()
    {
        await budgets.Define(
            "fuzz",
            new SetSource(SourceOrigin.RemoteWrite, new CounterTerms("r{code!~\"5..\"}", Total: "r"))
        );
        const int seed = 20261124;
        var random = new Random(seed);
        var valid = RemoteWriteBody.One(
            WrittenSeries.Of("r{code=\"200\",job=\"shop\"}", TimeProvider.System.GetUtcNow(), 5),
            WrittenSeries.Of("r{code=\"500\",job=\"shop\"}", TimeProvider.System.GetUtcNow(), 1)
        );
        for (var i = 0; i < 300; i++)
        {
            var bytes = valid.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
            var packed = random.Next(4) > 0;
            var status = (int)await StatusOf("api/v1/write", RemoteWriteBody.Content(bytes, compress: packed));
            Assert.True(
                status is 204 or 400 or 413,
                $"{status} for round {i} of seed {seed}: {Convert.ToHexString(bytes)}"
            );
        }
    }

    private async Task<HttpStatusCode> StatusOf(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // As a Prometheus may: the body is not sent before the head was liked.
        request.Headers.ExpectContinue = content is Endless;
        using var answer = await budgets.Ana.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private sealed class Endless(long length, bool saysLength) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            for (var sent = 0L; sent < length; sent += chunk.Length)
                await stream.WriteAsync(chunk.AsMemory(0, (int)Math.Min(chunk.Length, length - sent)));
        }

        protected override bool TryComputeLength(out long said)
        {
            said = length;
            return saysLength;
        }
    }
}
