namespace Steady.Incidents.Learning;

/// <summary>The doors of what is learnt from incidents.</summary>
public static class LearningEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        PostmortemEndpoint.Map(read);
        StoryEndpoint.Read(read);
        MeasuresEndpoint.Map(read);
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        WritePostmortemEndpoint.Map(write);
        StoryEndpoint.Write(write);
    }
}
