using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Kernel;

public sealed class KernelTests : IAsyncLifetime
{
    private static readonly Actor Ana = new("ana");
    private SampleService service = null!;
    private string bus = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Streams Streams => service.Services.GetRequiredService<Streams>();

    public async ValueTask InitializeAsync()
    {
        bus = await Servers.NewVirtualHost("kernel");
        service = await SampleService.Start(await Servers.NewDatabase("kernel"), bus);
    }

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task A_stream_is_started_decided_on_and_says_its_version()
    {
        var lamp = await Buy();
        var on = await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
        Assert.Equal(new Outcome.Done(lamp, 2, 1), on);
        var again = await Streams.Decide<Lamp>(
            lamp,
            new ExpectedVersion(2),
            Ana,
            state => state.On ? [] : [new LampSwitched(true)],
            Stop
        );
        Assert.Equal(new Outcome.Done(lamp, 2, 0), again);
    }

    [Fact]
    public async Task A_stale_version_is_told_the_newest()
    {
        var lamp = await Buy();
        await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
        var stale = await Streams.Decide<Lamp>(lamp, new ExpectedVersion(1), Ana, _ => [new LampSwitched(false)], Stop);
        Assert.Equal(new Outcome.Stale(2), stale);
    }

    [Theory]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task An_unknown_stream_is_missing(string id)
    {
        var outcome = await Streams.Decide<Lamp>(
            Guid.Parse(id),
            ExpectedVersion.Any,
            Ana,
            _ => [new LampSwitched(true)],
            Stop
        );
        Assert.IsType<Outcome.Missing>(outcome);
    }

    [Fact]
    public async Task Without_a_version_a_lost_race_is_decided_again_and_nothing_is_lost()
    {
        var lamp = await Buy();
        var races = Enumerable
            .Range(0, 6)
            .Select(i =>
                Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(i % 2 == 0)], Stop)
            );
        Assert.All(await Task.WhenAll(races), outcome => Assert.IsType<Outcome.Done>(outcome));
        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        Assert.Equal(7, (await session.Events.FetchStreamAsync(lamp, token: Stop)).Count);
    }

    [Fact]
    public async Task The_same_request_finds_its_own_stream_and_another_body_is_told_so()
    {
        var request = new NewStream(StableId.From("request", "1"), "key-1", "hash-a");
        var first = await Streams.Start<Lamp>(request, Ana, [new LampBought("hall")], Stop);
        Assert.Equal(new Outcome.Done(request.Id, 1, 1), first);
        Assert.Equal(
            new Outcome.Repeated(request.Id, 1),
            await Streams.Start<Lamp>(request, Ana, [new LampBought("hall")], Stop)
        );
        var other = await Streams.Start<Lamp>(
            request with
            {
                BodyHash = "hash-b",
            },
            Ana,
            [new LampBought("attic")],
            Stop
        );
        Assert.Equal(new Outcome.Taken(request.Id, KeyReused: true), other);
    }

    [Fact]
    public async Task An_announced_event_reaches_its_consumer_once_with_its_actor_and_one_trace()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("Test");
        var lamp = await Buy();
        string trace;
        using (var activity = source.StartActivity("press the switch"))
        {
            trace = activity!.TraceId.ToString();
            await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
        }

        var echo = StableId.From("echo", lamp.ToString());
        var store = service.Services.GetRequiredService<IDocumentStore>();
        var events = await Eventually.Answers(
            async () =>
            {
                await using var session = store.QuerySession();
                return await session.Events.FetchStreamAsync(echo, token: Stop);
            },
            stream => stream.Count == 2
        );
        Assert.Equal(new LampBroke("ana"), events[1].Data);
        Assert.Contains(trace, events[1].GetHeader(EventHeaders.TraceParent)!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publish_that_is_cancelled_from_below_is_tried_again()
    {
        var broken = new CancelledOnce();
        using var observing = service.Services.GetRequiredService<IBus>().ConnectPublishObserver(broken);
        var lamp = await Buy();
        await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
        var store = service.Services.GetRequiredService<IDocumentStore>();
        await Eventually.Holds(
            async () =>
            {
                await using var session = store.QuerySession();
                return await session.Events.FetchStreamStateAsync(StableId.From("echo", lamp.ToString()), Stop)
                    is not null;
            },
            "The event arrives",
            TimeSpan.FromMinutes(1)
        );
        Assert.True(broken.Cancelled);
    }

    [Fact]
    public async Task A_foreign_client_reads_an_announced_event_as_plain_json()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(bus) }.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Stop)).QueueName;
        await channel.ExchangeDeclareAsync(
            "kernel.lamp-was-switched",
            ExchangeType.Fanout,
            durable: true,
            cancellationToken: Stop
        );
        await channel.QueueBindAsync(queue, "kernel.lamp-was-switched", "", cancellationToken: Stop);

        var lamp = await Buy();
        await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
        var message = await Eventually.Answers(
            async () => await channel.BasicGetAsync(queue, autoAck: true, Stop),
            got => got is not null
        );
        using var body = JsonDocument.Parse(message!.Body);
        Assert.Equal(lamp, body.RootElement.GetProperty("lamp").GetGuid());
        Assert.True(body.RootElement.GetProperty("on").GetBoolean());
        Assert.Equal("ana", Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![EventHeaders.Actor]!));
    }

    [Fact]
    public async Task A_reader_of_the_feed_that_comes_back_misses_nothing()
    {
        var lamp = await Buy();
        using var http = new HttpClient { BaseAddress = service.Address };
        var hello = await Read(http, null, 1);
        await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
        await Streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(false)], Stop);
        var items = await Read(http, hello[0].EventId, 3);
        Assert.Equal(["hello", "event", "event"], items.Select(item => item.EventType));
        Assert.Contains("kernel.lamp-was-switched", items[1].Data, StringComparison.Ordinal);
    }

    // By a clock that stands still nobody looks again: what comes was told.
    [Fact]
    public async Task A_reader_of_the_feed_is_told_and_does_not_wait_until_it_looks_again()
    {
        await using var still = await SampleService.Start(
            await Servers.NewDatabase("still"),
            await Servers.NewVirtualHost("still"),
            new StoppedClock()
        );
        using var http = new HttpClient { BaseAddress = still.Address };
        var streams = still.Services.GetRequiredService<Streams>();
        var lamp = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await streams.Start<Lamp>(NewStream.Of(lamp), Ana, [new LampBought("hall")], Stop);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var heard = new List<string?>();
        await foreach (var item in Feed(http, null, patience.Token))
        {
            heard.Add(item.EventType);
            if (heard.Count == 1)
                await streams.Decide<Lamp>(lamp, ExpectedVersion.Any, Ana, _ => [new LampSwitched(true)], Stop);
            else
                break;
        }

        Assert.Equal(["hello", "event"], heard);
    }

    [Fact]
    public async Task Health_is_green_when_everything_is_published()
    {
        await Buy();
        using var http = new HttpClient { BaseAddress = service.Address };
        var answer = await Eventually.Answers(() => Health(http), text => text == "Healthy");
        Assert.Equal("Healthy", answer);
    }

    // 503 while the bus is still starting: an answer, too.
    private static async Task<string> Health(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private async Task<Guid> Buy()
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        Assert.IsType<Outcome.Done>(await Streams.Start<Lamp>(NewStream.Of(id), Ana, [new LampBought("hall")], Stop));
        return id;
    }

    private static async Task<List<SseItem<string>>> Read(HttpClient http, string? last, int count) =>
        await Feed(http, last, Stop).Take(count).ToListAsync(Stop);

    private static async IAsyncEnumerable<SseItem<string>> Feed(
        HttpClient http,
        string? last,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(stop))
            yield return item;
    }

    /// <summary>What a connection that closes under a publish looks like.</summary>
    private sealed class CancelledOnce : IPublishObserver
    {
        public bool Cancelled { get; private set; }

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            if (Cancelled)
                return Task.CompletedTask;
            Cancelled = true;
            throw new OperationCanceledException("The connection closed.");
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
