namespace Steady.Incidents.Intake;

/// <summary>The doors of this room.</summary>
public static class IntakeEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        AlertsEndpoint.Map(read);
        RoutesEndpoint.Read(read);
        GroupingEndpoint.Read(read);
        SilencesEndpoint.Read(read);
        IntegrationKeysEndpoint.Read(read);
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        RoutesEndpoint.Write(write);
        GroupingEndpoint.Write(write);
        SilencesEndpoint.Write(write);
        IntegrationKeysEndpoint.Write(write);
    }

    /// <summary>For senders: each has its own way to say who it is.</summary>
    public static void Open(IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1");
        AlertmanagerEndpoint.Map(v1);
        RecorderEndpoint.Map(v1);
        CloudEventsEndpoint.Map(v1);
        SlackEndpoint.Map(v1);
        PagerDutyEndpoint.Map(app);
    }
}
