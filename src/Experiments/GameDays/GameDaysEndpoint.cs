namespace Steady.Experiments.GameDays;

/// <summary>All doors to game days.</summary>
public static class GameDaysEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var gamedays = app.MapGroup("/v1/gamedays").WithTags("Game days");
        PlanGameDayEndpoint.Map(gamedays);
        GameDayPageEndpoint.Map(gamedays);
        AssignRoleEndpoint.Map(gamedays);
        ApproveEndpoint.Map(gamedays);
        VoteEndpoint.Map(gamedays);
        AnnounceGameDayEndpoint.Map(gamedays);
        AcknowledgeAnnouncementEndpoint.Map(gamedays);
        TakeNoteEndpoint.Map(gamedays);
        StartFromAgendaEndpoint.Map(gamedays);
        SurpriseEndpoint.Map(gamedays);
        ConcludeGameDayEndpoint.Map(gamedays);
        GameDayReportEndpoint.Map(gamedays);
    }
}
