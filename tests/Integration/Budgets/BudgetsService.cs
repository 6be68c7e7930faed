using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Budgets with a database, a virtual host and a clock of its own, for one test class.</summary>
public sealed class BudgetsService : IAsyncLifetime
{
    private Harness? harness;
    private long sequence;

    public Harness Service => harness!;

    public HttpClient Ana => Service.Admin;

    public string Bus { get; private set; } = "";

    /// <summary>The service's clock; it begins at the full ten seconds before now and moves by hand.</summary>
    public FakeTimeProvider Clock { get; init; } = new(Aligned(TimeProvider.System.GetUtcNow()));

    /// <summary>Configuration besides the servers.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Bus = await Servers.NewVirtualHost("budgets");
        harness = await Harness.Start(
            typeof(Steady.Budgets.StoredShapes).Assembly,
            new Dictionary<string, string>(Settings)
            {
                ["ConnectionStrings:budgets"] = await Servers.NewDatabase("budgets"),
                ["ConnectionStrings:bus"] = Bus,
            },
            services => services.AddSingleton<TimeProvider>(Clock)
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (harness is not null)
            await harness.DisposeAsync();
    }

    public static DateTimeOffset Aligned(DateTimeOffset t) =>
        new(t.UtcTicks - t.UtcTicks % TimeSpan.FromSeconds(10).Ticks, TimeSpan.Zero);

    public static string Document(string name, string service, string target = "0.999") =>
        $"""
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: {name}
              displayName: Checkouts succeed
            spec:
              service: {service}
              indicator:
                metadata:
                  name: {name}-requests
                spec:
                  ratioMetric:
                    good: {"{ metricSource: { type: push, spec: { counter: good } } }"}
                    total: {"{ metricSource: { type: push, spec: { counter: total } } }"}
              timeWindow:
                - duration: 30d
                  isRolling: true
              budgetingMethod: Occurrences
              objectives:
                - target: {target}
            """;

    public static StringContent Yaml(string text) =>
        new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));

    /// <summary>Defines an objective whose indicator is called as the objective with <c>-requests</c>.</summary>
    public async Task<ObjectiveView> Define(string name, string? service = null, string target = "0.999")
    {
        var answer = await Ana.PostAsync("/v1/objectives", Yaml(Document(name, service ?? name, target)), Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<ObjectiveView>(Json.Options, Stop))!;
    }

    public Task<HttpResponseMessage> Post(string sli, RecordCounts counts) =>
        Ana.PostAsJsonAsync($"/v1/slis/{sli}/counts", counts, Json.Options, Stop);

    /// <summary>Counts good and bad in one bucket of ten seconds that began so long ago.</summary>
    public async Task Count(string objective, TimeSpan ago, long good, long bad)
    {
        var bucket = new CountBucket(Aligned(Now - ago), 10, good, bad);
        var batch = new RecordCounts("test-1", Interlocked.Increment(ref sequence), [bucket]);
        Assert.Equal(HttpStatusCode.Accepted, (await Post($"{objective}-requests", batch)).StatusCode);
    }

    public async Task<T> Get<T>(string address) => (await Ana.GetFromJsonAsync<T>(address, Json.Options, Stop))!;

    public Task<BudgetStatus> Budget(string objective) => Get<BudgetStatus>($"/v1/budgets/{objective}");

    public Task Publish<T>(T message, Guid id)
        where T : class =>
        Service.Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = id, Stop);

    public static async Task<string?> CodeOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
}
