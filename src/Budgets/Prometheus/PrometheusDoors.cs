namespace Steady.Budgets.Prometheus;

/// <summary>All doors of the room, below <c>/api/v1</c>.</summary>
public static class PrometheusDoorsEndpoint
{
    public static void Map(IEndpointRouteBuilder api)
    {
        QueryEndpoint.Map(api);
        LabelsEndpoint.Map(api);
    }
}
