using System.Net.Http.Headers;
using System.Security.Claims;
using Steady.Client;
using Steady.Contracts;
using Steady.ServiceDefaults;
using Steady.Web.FrontDoor;
using Steady.Web.SignIn;

namespace Steady.Web.Pages;

/// <summary>
/// The three services, asked in the name of whoever is signed in: with a token of their own scopes that ends in minutes. What
/// they may do is the services' decision, not the console's.
/// </summary>
public sealed class Apis
{
    public const string Client = "pages";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private readonly Func<string, bool> may;

    public Apis(
        IHttpContextAccessor context,
        IHttpClientFactory clients,
        Addresses addresses,
        Issuer issuer,
        TimeProvider clock
    )
        : this(context.HttpContext!.User, clients, addresses, issuer, clock) { }

    private Apis(
        ClaimsPrincipal user,
        IHttpClientFactory clients,
        Addresses addresses,
        Issuer issuer,
        TimeProvider clock
    )
    {
        (Me, may) = (user.FindFirst("sub")!.Value, wanted => user.HasScope(wanted));
        var scope = user.FindFirst("scope")!.Value;
        Viewer = $"{Me} {scope}";
        var scopes = scope.Split(' ');
        var token = issuer.Sign(Me, scopes, clock.GetUtcNow() + Lifetime).Token;
        var incidents = Open("incidents");
        Incidents = new IncidentsClient(incidents);
        Postmortems = new PostmortemsClient(incidents);
        Paging = new PagingClient(incidents);
        OnCall = new OnCallClient(incidents);
        Catalog = new CatalogClient(incidents);
        Integrations = new IntegrationsClient(incidents);
        Experiments = new ExperimentsClient(Open("experiments"));
        GameDays = new GameDaysClient(Open("experiments"));
        Findings = new FindingsClient(Open("experiments"));
        var budgets = Open("budgets");
        Budgets = new BudgetsClient(budgets);
        Gates = new GatesClient(budgets);

        HttpClient Open(string service)
        {
            var http = clients.CreateClient(Client);
            http.BaseAddress = new Uri(addresses.Of(service), "v1/");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return http;
        }
    }

    /// <summary>The same in the name of the console itself, for what it shows to nobody in particular.</summary>
    public static Apis As(
        string subject,
        IReadOnlyList<string> scopes,
        IHttpClientFactory clients,
        Addresses addresses,
        Issuer issuer,
        TimeProvider clock
    ) =>
        new(
            new ClaimsPrincipal(
                new ClaimsIdentity([new Claim("sub", subject), new Claim("scope", string.Join(' ', scopes))])
            ),
            clients,
            addresses,
            issuer,
            clock
        );

    /// <summary>Who is signed in.</summary>
    public string Me { get; }

    /// <summary>Who looks with which rights: two of the same see the same.</summary>
    public string Viewer { get; }

    public IncidentsClient Incidents { get; }

    public PostmortemsClient Postmortems { get; }

    public PagingClient Paging { get; }

    public OnCallClient OnCall { get; }

    public CatalogClient Catalog { get; }

    public IntegrationsClient Integrations { get; }

    public ExperimentsClient Experiments { get; }

    public GameDaysClient GameDays { get; }

    public FindingsClient Findings { get; }

    public BudgetsClient Budgets { get; }

    public GatesClient Gates { get; }

    /// <summary>Whether a page offers it; the services decide by themselves.</summary>
    public bool May(string scope) => may(scope);
}

/// <summary>What a service answered, or the sentence that says why there is nothing.</summary>
public sealed record Answer<T>(T? Value, string? Trouble)
    where T : class;

public static class Answer
{
    /// <summary>One part of a page; the others are shown although this one's service does not answer.</summary>
    public static async Task<Answer<T>> Of<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return new Answer<T>(await asked, null);
        }
        catch (ProblemException problem)
        {
            return new Answer<T>(null, Refusals.Sentence(problem));
        }
    }

    /// <summary>A list to its end: what is ranked, counted or drawn as a whole must not end where a page of it does.</summary>
    public static async Task<Page<T>> Whole<T>(Func<string?, Task<Page<T>>> page)
    {
        var items = new List<T>();
        for (string? after = null; ; )
        {
            var read = await page(after);
            items.AddRange(read.Items);
            if (read.Next is null)
                return new Page<T>(items, null);
            after = read.Next;
        }
    }

    /// <summary>The first few that fit, of a list that the service cannot choose from.</summary>
    public static async Task<Page<T>> First<T>(Func<string?, Task<Page<T>>> page, Func<T, bool> fits, int count)
    {
        var found = new List<T>();
        string? after = null;
        do
        {
            var read = await page(after);
            found.AddRange(read.Items.Where(fits));
            after = read.Next;
        } while (after is not null && found.Count < count);
        return new Page<T>([.. found.Take(count)], null);
    }
}
