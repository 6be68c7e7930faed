namespace Steady.Budgets.Prometheus;

/// <summary>All doors of the room, where Prometheus' clients look for them below an address.</summary>
public static class PrometheusDoorsEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        QueryEndpoint.Map(api);
        LabelsEndpoint.Map(api);
    }
}
