namespace Steady.Budgets.Toil;

/// <summary>All doors of the room.</summary>
public static class ToilDoorsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        StaffTeamEndpoint.Map(routes);
        RecordToilEndpoint.Map(routes);
        RouteTicketEndpoint.Map(routes);
        ToilReportEndpoint.Map(routes);
    }
}
