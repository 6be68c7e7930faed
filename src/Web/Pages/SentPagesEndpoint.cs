using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Who was paged over all incidents, and what became of it.</summary>
/// <param name="Sent">Newest first.</param>
/// <param name="Status">With which result alone; null for any.</param>
/// <param name="Person">Whom alone; null for all.</param>
/// <param name="Older">Whether newer ones stand on a page before.</param>
public sealed record SentPagesModel(
    Page<PageView> Sent,
    PageStatus? Status,
    string? Person,
    bool Older,
    DateTimeOffset Now
)
{
    public string QueryWith(string? after) =>
        AddressQuery.Of(("status", Status?.ToString()), ("person", Person), ("after", after));
}

public static class SentPagesEndpoint
{
    private const int OnePage = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/oncall/pages", Page);
        pages.MapGet("/fragments/oncall/pages", Fragment);
    }

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? person = null,
        string? after = null
    ) => Html.Of<SentPagesPage>(await Read(apis, clock, status, person, after, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? person = null
    ) => Html.Of<SentPagesPanel>(await Read(apis, clock, status, person, null, stop));

    private static async Task<SentPagesModel> Read(
        Apis apis,
        TimeProvider clock,
        string? status,
        string? person,
        string? after,
        CancellationToken stop
    )
    {
        var asked = new Filled(
            "pages",
            new Dictionary<string, string> { ["status"] = status ?? "", ["person"] = person ?? "" }
        );
        var (wanted, whom) = (asked.One<PageStatus>("status"), asked.Given("person"));
        var sent = await apis.Paging.Pages(wanted?.ToString(), whom, OnePage, after, stop);
        return new SentPagesModel(sent, wanted, whom, after is not null, clock.GetUtcNow());
    }
}
