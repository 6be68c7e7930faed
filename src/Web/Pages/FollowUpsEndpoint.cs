using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>What is to be done over all incidents and findings.</summary>
/// <param name="Items">What was found: overdue first, then by the day.</param>
/// <param name="Owner">Whose alone; null for everybody's.</param>
/// <param name="Team">Of which team's services alone; null for all.</param>
/// <param name="Teams">The teams that own a service.</param>
/// <param name="All">Whether what is done is shown too.</param>
/// <param name="More">Whether there is more than was read.</param>
/// <param name="From">The first one that is listed, counted from 1.</param>
public sealed record FollowUpsModel(
    IReadOnlyList<FollowUpView> Items,
    string? Owner,
    string? Team,
    IReadOnlyList<string> Teams,
    bool All,
    DateTimeOffset Now,
    bool MayWrite,
    bool More = false,
    int From = 1,
    string? Refusal = null,
    Filled? Filled = null
)
{
    public const int OnePage = 100;

    // Whatever stands in the address, a page begins where pages begin.
    public int First => (Math.Clamp(From, 1, Math.Max(Items.Count, 1)) - 1) / OnePage * OnePage + 1;

    public IEnumerable<FollowUpView> Listed => Items.Skip(First - 1).Take(OnePage);

    public int? Earlier => First > 1 ? First - OnePage : null;

    public int? Later => First + OnePage <= Items.Count ? First + OnePage : null;

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>What somebody typed into a field of a form that was refused.</summary>
    public string? Kept(Guid one, string field) => Filled?.Id("id") == one ? Filled.Given(field) : null;

    public bool IsLate(FollowUpView one) => one.DoneAt is null && one.DueOn < Today;

    public string Query => QueryFrom(First);

    /// <summary>The same, its list beginning at another one.</summary>
    public string QueryFrom(int from) => FollowUpsEndpoint.Query(Owner, Team, All, from);
}

public static class FollowUpsEndpoint
{
    // What one answer may hold, and how many answers are read for one page: ten thousand follow-ups.
    private const int AtOnce = 500;
    private const int MostAnswers = 20;
    private const string At = "/follow-ups/{what:regex(^(done|link)$)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/follow-ups", Page);
        pages.MapGet("/fragments/follow-ups", Fragment);
        pages.MapPost(At, Act);
        // Who reloads the answer of a refused form comes back to the page.
        pages.MapGet(At, () => TypedResults.LocalRedirect("/follow-ups"));
    }

    public static string Query(string? owner, string? team, bool all, int from) =>
        AddressQuery.Of(
            ("owner", owner),
            ("team", team),
            ("all", all ? "true" : null),
            ("from", from > 1 ? FormattableString.Invariant($"{from}") : null)
        );

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? owner = null,
        string? team = null,
        bool all = false,
        int from = 1
    ) => Html.Of<FollowUpsPage>(await Read(apis, clock, owner, team, all, from, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? owner = null,
        string? team = null,
        bool all = false,
        int from = 1
    ) => Html.Of<FollowUpsList>(await Read(apis, clock, owner, team, all, from, stop));

    // The list that somebody had filtered is what they come back to.
    private static Task<IResult> Act(
        string what,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of(what, fields);
        var (owner, team, all) = (form.Given("owner"), form.Given("team"), form.Text("all") == "true");
        var from = (int)(form.Number("from") ?? 1);
        return Refusals.Act(
            () => Do(apis.Incidents, form, stop),
            $"/follow-ups{Query(owner, team, all, from)}",
            async (sentence, status) =>
            {
                var model = await Read(apis, clock, owner, team, all, from, stop);
                return Html.Of<FollowUpsPage>(model with { Refusal = sentence, Filled = form }, status);
            }
        );
    }

    private static Task? Do(IncidentsClient incidents, Filled form, CancellationToken stop) =>
        form.Id("id") is not { } id ? null
        : form.What == "done" ? incidents.CompleteFollowUp(id, new CompleteFollowUp(form.Text("text")), stop)
        : incidents.LinkFollowUp(id, new LinkFollowUp(form.Given("link")), stop);

    private static async Task<FollowUpsModel> Read(
        Apis apis,
        TimeProvider clock,
        string? owner,
        string? team,
        bool all,
        int from,
        CancellationToken stop
    )
    {
        (owner, team) = (string.IsNullOrWhiteSpace(owner) ? null : owner.Trim(), team is "" ? null : team);
        var catalog = Answer.Of(apis.Catalog.List(CatalogKind.Component, stop: stop));
        var (found, more) = await Find(apis.Incidents, all, owner, stop);
        var services = (await catalog).Value?.Items ?? [];
        var theirs = services.Where(one => one.Owner == team).Select(one => one.Name).ToHashSet();
        return new FollowUpsModel(
            [.. found.Where(one => team is null || one.Services.Any(theirs.Contains))],
            owner,
            team,
            [.. services.Select(one => one.Owner).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            all,
            clock.GetUtcNow(),
            apis.May("incidents:write"),
            more,
            from
        );
    }

    // All of them: who asks for one team's must not miss those that stand far below.
    private static async Task<(IReadOnlyList<FollowUpView> Found, bool More)> Find(
        IncidentsClient incidents,
        bool all,
        string? owner,
        CancellationToken stop
    )
    {
        var found = new List<FollowUpView>();
        string? next = null;
        for (var answer = 0; answer < MostAnswers && (answer == 0 || next is not null); answer++)
        {
            var part = await incidents.FollowUps(all, owner, AtOnce, next, stop);
            found.AddRange(part.Items);
            next = part.Next;
        }

        return (found, next is not null);
    }
}
