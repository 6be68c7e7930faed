using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Client;

/// <summary>Game days, by id or name. The client's base address ends with <c>/v1/</c>; writes answer with the new version.</summary>
public sealed class GameDaysClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>Plans a game day, or changes a plan, from a document.</summary>
    public Task<GameDayView> Plan(
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PostText<GameDayView>("gamedays", document, mediaType, stop);

    /// <summary>The same on the version that was read; 0 where no game day of that name may be there yet.</summary>
    public Task<GameDayView> PlanOn(
        long? ifMatch,
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PostText<GameDayView>("gamedays", document, mediaType, stop, ifMatch);

    /// <summary>The latest first.</summary>
    public Task<Page<GameDayView>> List(int? limit = null, string? after = null, CancellationToken stop = default) =>
        api.Get<Page<GameDayView>>(Query.Of("gamedays", ("limit", limit), ("after", after)), stop);

    /// <param name="knownAt">As it was at that moment; as it is, without one.</param>
    public Task<GameDayView> Get(string gameday, DateTimeOffset? knownAt, CancellationToken stop = default) =>
        api.Get<GameDayView>(Query.Of(Path(gameday), ("knownAt", knownAt)), stop);

    public Task<GameDayView> Get(string gameday, CancellationToken stop = default) => Get(gameday, null, stop);

    public Task<long?> Assign(string gameday, RoleHolder command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "roles"), command, null, stop);

    public Task<long?> RequestApproval(string gameday, RequestApproval command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "approval/request"), command, null, stop);

    public Task<long?> Answer(string gameday, AnswerApproval command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "approval"), command, null, stop);

    public Task<long?> Vote(string gameday, CastVote command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "votes"), command, null, stop);

    public Task<long?> Announce(string gameday, SendAnnouncement command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "announcements"), command, null, stop);

    public Task<long?> Acknowledge(string gameday, int number, CancellationToken stop = default) =>
        api.Write(Path(gameday, $"announcements/{number}/acknowledge"), null, null, stop);

    public Task<long?> Note(string gameday, TakeNote command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "notes"), command, null, stop);

    /// <summary>Runs an experiment of the agenda. The answer may say that a gate refused it: look at its state.</summary>
    public Task<RunView> Start(
        string gameday,
        StartFromAgenda command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<RunView>(Path(gameday, "runs"), command, idempotencyKey, stop);

    /// <summary>Runs one experiment of the agenda by lot.</summary>
    public Task<RunView> Surprise(
        string gameday,
        DrawSurprise command,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<RunView>(Path(gameday, "surprise"), command, idempotencyKey, stop);

    public Task<long?> Conclude(string gameday, ConcludeGameDay command, CancellationToken stop = default) =>
        api.Write(Path(gameday, "conclude"), command, null, stop);

    public Task<GameDayReport> Report(string gameday, CancellationToken stop = default) =>
        api.Get<GameDayReport>(Path(gameday, "report"), stop);

    /// <summary>The report as a text.</summary>
    /// <param name="gameday">The game day.</param>
    /// <param name="format"><c>markdown</c> or <c>html</c>.</param>
    /// <param name="stop">Cancels.</param>
    public Task<string> ReportText(string gameday, string format, CancellationToken stop = default) =>
        api.GetText(Path(gameday, $"report?format={format}"), $"text/{format}", stop);

    private static string Path(string gameday, string? under = null) =>
        $"gamedays/{Uri.EscapeDataString(gameday)}{(under is null ? "" : $"/{under}")}";
}
