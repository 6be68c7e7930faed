using System.Net.Http.Headers;
using Steady.Contracts.Tokens;

namespace Steady.Client;

/// <summary>All of a platform through its one address, with one token.</summary>
public sealed class FrontDoor : IDisposable
{
    private readonly List<HttpClient> opened = [];
    private readonly SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    public FrontDoor(Uri address, string? token)
    {
        var incidents = Open("api/incidents/v1/");
        Incidents = new IncidentsClient(incidents);
        Postmortems = new PostmortemsClient(incidents);
        OnCall = new OnCallClient(incidents);
        Paging = new PagingClient(incidents);
        Integrations = new IntegrationsClient(incidents);
        Catalog = new CatalogClient(incidents);
        var experiments = Open("api/experiments/v1/");
        Experiments = new ExperimentsClient(experiments);
        GameDays = new GameDaysClient(experiments);
        Findings = new FindingsClient(experiments);
        var budgets = Open("api/budgets/v1/");
        Budgets = new BudgetsClient(budgets);
        Gates = new GatesClient(budgets);
        Tokens = new TokensClient(Open("api/tokens/v1/"));
        Plots = new PlotsClient(Open("plots/"));

        HttpClient Open(string path)
        {
            var root = address.ToString().TrimEnd('/') + "/";
            var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(new Uri(root), path) };
            if (token is not null)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            opened.Add(http);
            return http;
        }
    }

    public IncidentsClient Incidents { get; }

    public PostmortemsClient Postmortems { get; }

    public OnCallClient OnCall { get; }

    public PagingClient Paging { get; }

    public IntegrationsClient Integrations { get; }

    public CatalogClient Catalog { get; }

    public ExperimentsClient Experiments { get; }

    public GameDaysClient GameDays { get; }

    public FindingsClient Findings { get; }

    public BudgetsClient Budgets { get; }

    public GatesClient Gates { get; }

    public TokensClient Tokens { get; }

    public PlotsClient Plots { get; }

    public void Dispose()
    {
        opened.ForEach(http => http.Dispose());
        handler.Dispose();
    }
}

/// <summary>The embedded issuer.</summary>
public sealed class TokensClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>A new token, told once.</summary>
    public Task<TokenCreated> Create(CreateToken wish, CancellationToken stop = default) =>
        api.Post<TokenCreated>("tokens", wish, null, stop);
}
