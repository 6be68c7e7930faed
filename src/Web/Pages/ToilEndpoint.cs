using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>What operations take of every team's week.</summary>
/// <param name="Teams">This week of each, most over its line first.</param>
public sealed record ToilModel(
    IReadOnlyList<ToilReport> Teams,
    bool MayWrite,
    string? Refusal = null,
    Filled? Filled = null
);

/// <summary>One team's week.</summary>
/// <param name="Report">The week.</param>
/// <param name="Week">The week that the address names; null for this one.</param>
/// <param name="Routed">Where a ticket goes that was just asked for.</param>
public sealed record ToilTeamModel(
    ToilReport Report,
    Week? Week,
    DateTimeOffset Now,
    bool MayWrite,
    TicketRoute? Routed = null,
    string? Refusal = null,
    Filled? Filled = null
)
{
    public string Path => ToilEndpoint.Path(Report.Team);

    /// <summary>What somebody typed into a field of a form that was refused; else what stands there now.</summary>
    public string? Kept(string what, string field, string? now = null) =>
        Filled?.What == what ? Filled.Given(field) : now;
}

public static class ToilEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/toil", List);
        pages.MapGet("/fragments/toil", ListFragment);
        pages.MapGet("/toil/teams/{team}", Page);
        pages.MapGet("/fragments/toil/teams/{team}", Fragment);
        ToilActs.Map(pages);
    }

    public static string Path(string team) => $"/toil/teams/{Uri.EscapeDataString(team)}";

    private static async Task<IResult> List(Apis apis, CancellationToken stop) =>
        Html.Of<ToilPage>(await ReadList(apis, stop));

    private static async Task<IResult> ListFragment(Apis apis, CancellationToken stop) =>
        Html.Of<ToilPanel>(await ReadList(apis, stop));

    internal static async Task<ToilModel> ReadList(Apis apis, CancellationToken stop) =>
        new(await apis.Budgets.ToilOfTeams(stop), apis.May("budgets:write"));

    private static async Task<IResult> Page(
        string team,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? week = null
    ) => Html.Of<ToilTeamPage>(await Read(apis, clock, team, week, stop));

    private static async Task<IResult> Fragment(
        string team,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? week = null
    ) => Html.Of<ToilTeamPanel>(await Read(apis, clock, team, week, stop));

    internal static async Task<ToilTeamModel> Read(
        Apis apis,
        TimeProvider clock,
        string team,
        string? week,
        CancellationToken stop
    )
    {
        // What is no week is this week, as on the page of the week of who is on call.
        var wanted = Week.Read(week);
        var report = await apis.Budgets.Toil(team, wanted?.Name, stop);
        return new ToilTeamModel(report, wanted, clock.GetUtcNow(), apis.May("budgets:write"));
    }
}
