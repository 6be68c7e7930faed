using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>Alerts as they came.</summary>
/// <param name="Status">Which alone; null for all.</param>
/// <param name="Service">Of which service alone; null for all.</param>
public sealed record AlertsModel(Page<AlertView> Alerts, string? Status, string? Service, DateTimeOffset Now)
{
    public string Query => QueryWith(Status, null);

    public string QueryWith(string? status, string? after) =>
        AddressQuery.Of(("status", status), ("service", Service), ("after", after));
}

/// <summary>One alert, with all that its sender says of it.</summary>
public sealed record AlertModel(AlertView Alert, DateTimeOffset Now, bool MayWrite)
{
    /// <summary>The settings with a silence of what is like it begun: its labels, one a line.</summary>
    public string Silence
    {
        get
        {
            var matchers = Alert
                .Labels.OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => $"{label.Key}=\"{label.Value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
            return $"/settings?silence={Uri.EscapeDataString(string.Join('\n', matchers))}#set-silences";
        }
    }
}

public static class AlertsEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/alerts", Page);
        pages.MapGet("/fragments/alerts", Fragment);
        pages.MapGet("/alerts/{id:guid}", One);
        pages.MapGet("/fragments/alerts/{id:guid}", OneFragment);
    }

    private static async Task<IResult> One(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<AlertPage>(await ReadOne(id, apis, clock, stop));

    private static async Task<IResult> OneFragment(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<AlertPanel>(await ReadOne(id, apis, clock, stop));

    private static async Task<AlertModel> ReadOne(Guid id, Apis apis, TimeProvider clock, CancellationToken stop) =>
        new(await apis.Incidents.Alert(id, stop), clock.GetUtcNow(), apis.May("incidents:write"));

    private static async Task<IResult> Page(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? service = null,
        string? after = null
    ) => Html.Of<AlertsPage>(await Read(apis, clock, status, service, after, stop));

    private static async Task<IResult> Fragment(
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? status = null,
        string? service = null
    ) => Html.Of<AlertsPanel>(await Read(apis, clock, status, service, null, stop));

    private static async Task<AlertsModel> Read(
        Apis apis,
        TimeProvider clock,
        string? status,
        string? service,
        string? after,
        CancellationToken stop
    )
    {
        var wanted = string.IsNullOrWhiteSpace(service) ? null : service.Trim();
        status = status is "" ? null : status;
        var alerts = await apis.Incidents.Alerts(status, wanted, limit: 100, after: after, stop: stop);
        return new AlertsModel(alerts, status, wanted, clock.GetUtcNow());
    }
}
