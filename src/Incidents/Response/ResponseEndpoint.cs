namespace Steady.Incidents.Response;

/// <summary>The doors of this room.</summary>
public static class ResponseEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        IncidentBoardEndpoint.Map(read);
        SeveritiesEndpoint.Read(read);
        TimestampsEndpoint.Read(read);
        RolesEndpoint.Read(read);
        PrivacyEndpoint.Read(read);
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        DeclareIncidentEndpoint.Map(write);
        TriageIncidentEndpoint.Map(write);
        AcknowledgeIncidentEndpoint.Map(write);
        ChangeSeverityEndpoint.Map(write);
        AddNoteEndpoint.Map(write);
        MitigateIncidentEndpoint.Map(write);
        ResolveIncidentEndpoint.Map(write);
        ReopenIncidentEndpoint.Map(write);
        MergeIncidentEndpoint.Map(write);
        SeveritiesEndpoint.Write(write);
        TimestampsEndpoint.Write(write);
        RolesEndpoint.Write(write);
        WorkEndpoint.Write(write);
        PrivacyEndpoint.Write(write);
    }
}
