using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Steady.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
int Port(string name, int usual) => builder.Configuration.GetValue($"Ports:{name}", usual);
IResourceBuilder<ParameterResource> Secret(string name) => builder.AddParameter(name, secret: true);

// Servers whose connection strings were given are used; else they run here, and are published as containers.
var given = builder.ExecutionContext.IsRunMode && builder.Configuration.GetConnectionString("bus") is not null;
var postgres = given ? null : builder.AddPostgres("postgres");
IResourceBuilder<IResourceWithConnectionString> Database(string name) =>
    postgres is null ? builder.AddConnectionString($"{name}db") : postgres.AddDatabase($"{name}db", name);
IResourceBuilder<IResourceWithConnectionString> Broker(string name) =>
    given ? builder.AddConnectionString(name) : builder.AddRabbitMQ(name);

var (bus, publicKey, shopToken) = (Broker("bus"), Secret("public-key"), Secret("shop-token"));
IResourceBuilder<ProjectResource> Project(string name, string folder, int port) =>
    builder
        .AddProject(name, $"../{folder}/{Path.GetFileName(folder)}.csproj")
        .WithEnvironment("Auth__PublicKey", publicKey)
        .WithHttpEndpoint(port: Port(name, port), isProxied: false)
        .WithHttpHealthCheck("/health");

var budgets = Project("budgets", "src/Budgets", 8083).Uses(Database("budgets"), "budgets").Uses(bus);
var incidents = Project("incidents", "src/Incidents", 8081).Uses(Database("incidents"), "incidents").Uses(bus);
var experiments = Project("experiments", "src/Experiments", 8082)
    .Uses(Database("experiments"), "experiments")
    .Uses(bus);

// What checkout asks of ledger passes the edge, where it can be broken on purpose.
var edge = $"127.0.0.1:{Port("edge", 8092)}";
var faults = Project("fault-agent", "src/FaultAgent", 8474);
faults.Proxies("checkout-ledger", listen: edge, upstream: $"127.0.0.1:{Port("ledger", 8091)}");
var ledger = Project("ledger", "samples/Shop", 8091).Uses(budgets).As("ledger", shopToken);
var checkout = Project("checkout", "samples/Shop", 8090).Uses(budgets).As("checkout", shopToken);
checkout.WithEnvironment("services__ledger__http__0", $"http://{edge}").WaitFor(ledger).WaitFor(faults);
experiments.Uses(budgets).Uses(incidents).Speaks(Secret("experiments-token"));
experiments.Commands(faults, Secret("lease-key"), Secret("lease-public-key"));
var web = Project("web", "src/Web", 8080).Uses(budgets).Uses(incidents).Uses(experiments).Speaks(Secret("web-token"));
web.WithEnvironment("Auth__SigningKey", Secret("signing-key")).WithEnvironment("Auth__LoginCode", Secret("login-code"));
web.Remembers().LinksToDashboard().IsNamedInPages(incidents, Port("web", 8080)).WithExternalHttpEndpoints();
faults.Spares(given, budgets, incidents, experiments, faults, web).MayBreak("ledger", Port("ledger", 8091));
builder.Build().Run();
