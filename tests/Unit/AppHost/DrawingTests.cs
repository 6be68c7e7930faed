using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Steady.LocalHosting.Running;
using Xunit;

namespace Steady.Tests.Unit.AppHost;

/// <summary>AppHost.cs draws the system; these tests keep the drawing true.</summary>
public sealed class DrawingTests
{
    private static readonly string[] Given =
    [
        "--ConnectionStrings:bus=amqp://bus",
        "--ConnectionStrings:budgetsdb=Host=b",
        "--ConnectionStrings:incidentsdb=Host=i",
        "--ConnectionStrings:experimentsdb=Host=e",
        "--Parameters:public-key=PUBLIC",
        "--Parameters:signing-key=PRIVATE",
        "--Parameters:lease-key=LEASES",
        "--Parameters:lease-public-key=LEASES-PUBLIC",
        "--Parameters:login-code=CODE",
        "--Parameters:experiments-token=EXPERIMENTS",
        "--Parameters:shop-token=SHOP",
        "--Parameters:web-token=WEB",
    ];

    [Theory]
    [InlineData("budgets", "budgetsdb bus")]
    [InlineData("incidents", "incidentsdb bus")]
    [InlineData("experiments", "experimentsdb bus budgets incidents fault-agent")]
    [InlineData("ledger", "budgets")]
    [InlineData("fault-agent", "")]
    [InlineData("checkout", "budgets ledger fault-agent")]
    [InlineData("web", "budgets incidents experiments")]
    public void A_project_waits_for_what_it_uses(string project, string waits)
    {
        var resource = Drawn(Given).Resources.Single(r => r.Name == project);

        Assert.Equal(
            waits,
            string.Join(' ', resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource.Name))
        );
    }

    [Theory]
    [InlineData("budgets", "ConnectionStrings__budgets=Host=b", "ConnectionStrings__bus=amqp://bus")]
    [InlineData("incidents", "ConnectionStrings__incidents=Host=i", "ConnectionStrings__bus=amqp://bus")]
    [InlineData(
        "experiments",
        "ConnectionStrings__experiments=Host=e",
        "services__budgets__http__0=http://localhost:8083"
    )]
    [InlineData(
        "experiments",
        "services__incidents__http__0=http://localhost:8081",
        "services__fault-agent__http__0=http://localhost:8474"
    )]
    [InlineData("experiments", "Auth__ServiceToken=EXPERIMENTS", "ASPNETCORE_URLS=http://localhost:8082")]
    [InlineData("experiments", "Leases__SigningKey=LEASES")]
    [InlineData("fault-agent", "Leases__PublicKey=LEASES-PUBLIC")]
    [InlineData(
        "ledger",
        "Shop__Role=ledger",
        "services__budgets__http__0=http://localhost:8083",
        "Auth__ServiceToken=SHOP"
    )]
    [InlineData("checkout", "Shop__Role=checkout", "services__ledger__http__0=http://127.0.0.1:8092")]
    [InlineData("fault-agent", "Proxies__0__Listen=127.0.0.1:8092", "Proxies__0__Upstream=127.0.0.1:8091")]
    [InlineData("web", "Auth__SigningKey=PRIVATE", "Auth__LoginCode=CODE", "Auth__ServiceToken=WEB")]
    [InlineData("web", "services__experiments__http__0=http://localhost:8082", "ASPNETCORE_URLS=http://localhost:8080")]
    public async Task A_project_is_told_where_the_others_are(string project, params string[] expected)
    {
        var environment = await Environment(Drawn(Given), project);

        Assert.Superset(expected.ToHashSet(), environment.Select(e => $"{e.Key}={e.Value}").ToHashSet());
    }

    [Fact]
    public async Task Only_the_web_console_can_sign_tokens()
    {
        var drawing = Drawn(Given);
        foreach (var project in drawing.Resources.OfType<ProjectResource>().Where(p => p.Name != "web"))
        {
            Assert.DoesNotContain("PRIVATE", (await Environment(drawing, project.Name)).Values);
        }
    }

    [Fact]
    public async Task Only_experiments_can_sign_leases()
    {
        var drawing = Drawn(Given);
        foreach (var project in drawing.Resources.OfType<ProjectResource>().Where(p => p.Name != "experiments"))
        {
            Assert.DoesNotContain("LEASES", (await Environment(drawing, project.Name)).Values);
        }
    }

    [Fact]
    public async Task The_agent_knows_what_it_must_never_break_and_what_it_may()
    {
        var agent = await Environment(Drawn(Given), "fault-agent");
        var denied = agent.Where(one => one.Key.StartsWith("Denied__Addresses__", StringComparison.Ordinal));
        Assert.Equal(
            [
                "127.0.0.1:8080",
                "127.0.0.1:8081",
                "127.0.0.1:8082",
                "127.0.0.1:8083",
                "127.0.0.1:8474",
                "b:5432",
                "bus:5672",
                "e:5432",
                "i:5432",
            ],
            denied.Select(one => one.Value).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ("ledger", "process", "8091"),
            (agent["Targets__0__Name"], agent["Targets__0__Injector"], agent["Targets__0__Port"])
        );
    }

    [Fact]
    public async Task Every_port_can_be_moved()
    {
        var moved = await Environment(Drawn([.. Given, "--Ports:edge=9992", "--Ports:ledger=9991"]), "fault-agent");

        Assert.Equal("127.0.0.1:9992", moved["Proxies__0__Listen"]);
        Assert.Equal("127.0.0.1:9991", moved["Proxies__0__Upstream"]);
    }

    [Fact]
    public async Task Telemetry_goes_where_the_dashboard_listens_and_nowhere_without_one()
    {
        var with = await Environment(
            Drawn([.. Given, "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:18889"]),
            "budgets"
        );
        var without = await Environment(Drawn([.. Given, "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL="]), "budgets");

        Assert.Equal("http://127.0.0.1:18889", with["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("budgets", with["OTEL_SERVICE_NAME"]);
        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", without.Keys);
    }

    [Fact]
    public void Without_connection_strings_the_servers_are_part_of_the_drawing()
    {
        var names = Drawn([]).Resources.Where(r => r is not (ProjectResource or ParameterResource)).Select(r => r.Name);

        Assert.Equal(["postgres", "bus", "budgetsdb", "incidentsdb", "experimentsdb"], names);
    }

    private static IDistributedApplicationBuilder Drawn(string[] args)
    {
        IDistributedApplicationBuilder? drawn = null;
        DistributedApplication.Observe(builder =>
        {
            drawn = builder;
            throw new Seen();
        });
        try
        {
            Assembly.Load("Steady.AppHost").EntryPoint!.Invoke(null, [args]);
        }
        catch (TargetInvocationException e) when (e.InnerException is Seen)
        {
            // The model is built and nothing has been started.
        }
        finally
        {
            DistributedApplication.Observe(null);
        }

        return drawn ?? throw new InvalidOperationException("AppHost built no model.");
    }

    private static async Task<IReadOnlyDictionary<string, string>> Environment(
        IDistributedApplicationBuilder drawing,
        string project
    ) =>
        await ProjectEnvironment.Of(
            drawing.Resources.OfType<ProjectResource>().Single(p => p.Name == project),
            drawing.Configuration,
            drawing.Environment,
            TestContext.Current.CancellationToken
        );

    private sealed class Seen : Exception;
}
