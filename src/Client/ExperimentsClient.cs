using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Client;

/// <summary>Experiments and their runs. The client's base address ends with <c>/v1/</c>; writes answer with the new version.</summary>
public sealed class ExperimentsClient(HttpClient http)
{
    private readonly Api api = new(http);

    /// <summary>Drafts an experiment, or changes a draft, from a document.</summary>
    public Task<ExperimentView> Apply(
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PostText<ExperimentView>("experiments", document, mediaType, stop);

    /// <summary>Drafts an experiment from one of Chaos Toolkit, with the variables that it asks for.</summary>
    public Task<ExperimentView> Import(
        string document,
        string mediaType = "application/yaml",
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken stop = default
    )
    {
        var variables = (environment ?? new Dictionary<string, string>()).Select(variable =>
            $"env={Uri.EscapeDataString($"{variable.Key}={variable.Value}")}"
        );
        return api.PostText<ExperimentView>(
            $"experiments/import?{string.Join('&', variables)}".TrimEnd('?'),
            document,
            mediaType,
            stop
        );
    }

    /// <summary>The shape of a design's document, as JSON Schema.</summary>
    public Task<string> Schema(CancellationToken stop = default) => api.GetText("schemas/experiment", "*/*", stop);

    /// <summary>A design as a document: <c>steady</c> (our YAML) or <c>chaostoolkit</c>.</summary>
    public Task<string> Export(string experiment, string format, CancellationToken stop = default) =>
        api.GetText($"experiments/{Uri.EscapeDataString(experiment)}/export?format={format}", "*/*", stop);

    public Task<ExperimentView> Draft(
        ExperimentDesign design,
        string? idempotencyKey = null,
        CancellationToken stop = default
    ) => api.Post<ExperimentView>("experiments", design, idempotencyKey, stop);

    /// <summary>Drafts from a document, or changes, on the version that was read; 0 where no experiment of that name may be there yet.</summary>
    public Task<ExperimentView> ApplyOn(
        long? ifMatch,
        string document,
        string mediaType = "application/yaml",
        CancellationToken stop = default
    ) => api.PostText<ExperimentView>("experiments", document, mediaType, stop, ifMatch);

    /// <summary>What is to be said of a design, as JSON, before it is kept; nothing is stored.</summary>
    public Task<DesignLint> Lint(
        string document,
        string mediaType = "application/json",
        CancellationToken stop = default
    ) => api.PostText<DesignLint>("experiments/lint", document, mediaType, stop);

    public Task<Page<ExperimentView>> List(int? limit = null, string? after = null, CancellationToken stop = default) =>
        api.Get<Page<ExperimentView>>(Query.Of("experiments", ("limit", limit), ("after", after)), stop);

    /// <summary>One experiment, by id or name.</summary>
    public Task<ExperimentView> Get(string experiment, CancellationToken stop = default) =>
        api.Get<ExperimentView>($"experiments/{Uri.EscapeDataString(experiment)}", stop);

    /// <summary>After this the design can be run and no longer changed.</summary>
    public Task<ExperimentView> Freeze(string experiment, CancellationToken stop = default) =>
        api.Post<ExperimentView>($"experiments/{Uri.EscapeDataString(experiment)}/freeze", null, stop);

    /// <summary>Lets an experiment into the next environment, on the evidence of its runs.</summary>
    public Task<PromotionView> Promote(string experiment, CancellationToken stop = default) =>
        api.Post<PromotionView>($"experiments/{Uri.EscapeDataString(experiment)}/promotion", null, stop);

    public Task<PromotionView> Promotion(string experiment, CancellationToken stop = default) =>
        api.Get<PromotionView>($"experiments/{Uri.EscapeDataString(experiment)}/promotion", stop);

    /// <summary>Takes a promotion back.</summary>
    public Task<long?> Demote(string experiment, RevokePromotion command, CancellationToken stop = default) =>
        api.Write($"experiments/{Uri.EscapeDataString(experiment)}/promotion/revoke", command, null, stop);

    /// <summary>Starts a run. The answer may say that a gate refused it: look at its state.</summary>
    public Task<RunView> Start(string experiment, string? idempotencyKey = null, CancellationToken stop = default) =>
        api.Post<RunView>($"experiments/{Uri.EscapeDataString(experiment)}/runs", idempotencyKey, stop);

    /// <summary>What its runs have shown, newest first.</summary>
    public Task<IReadOnlyList<RunSummary>> RunHistory(
        string experiment,
        int? limit = null,
        CancellationToken stop = default
    ) =>
        api.Get<IReadOnlyList<RunSummary>>(
            Query.Of($"experiments/{Uri.EscapeDataString(experiment)}/history", ("limit", limit)),
            stop
        );

    /// <summary>Newest first; <paramref name="activeOnly"/> leaves out what is over.</summary>
    public Task<Page<RunView>> Runs(
        bool activeOnly = false,
        int? limit = null,
        string? after = null,
        CancellationToken stop = default
    ) =>
        api.Get<Page<RunView>>(
            Query.Of("runs", ("state", activeOnly ? "active" : null), ("limit", limit), ("after", after)),
            stop
        );

    /// <param name="knownAt">As it was at that moment; as it is, without one.</param>
    public Task<RunView> Run(Guid id, DateTimeOffset? knownAt, CancellationToken stop = default) =>
        api.Get<RunView>(Query.Of($"runs/{id}", ("knownAt", knownAt)), stop);

    public Task<RunView> Run(Guid id, CancellationToken stop = default) => Run(id, null, stop);

    /// <summary>What the probe of a run that goes on sees right now; not found when it is over.</summary>
    public Task<SteadyStateView> SteadyState(Guid id, CancellationToken stop = default) =>
        api.Get<SteadyStateView>($"runs/{id}/steady-state", stop);

    /// <summary>What a run set aside of error budgets, and what it cost them.</summary>
    public Task<RunBudget> RunBudget(Guid id, CancellationToken stop = default) =>
        api.Get<RunBudget>($"runs/{id}/budget", stop);

    /// <summary>A run that is over, as a journal of Chaos Toolkit.</summary>
    public Task<string> Journal(Guid id, CancellationToken stop = default) =>
        api.GetText($"runs/{id}/journal", "application/json", stop);

    /// <summary>Ends a run and takes its faults out.</summary>
    public Task<long?> Halt(Guid id, HaltRun command, CancellationToken stop = default) =>
        api.Write($"runs/{id}/halt", command, null, stop);

    /// <summary>Confirms that a fault whose end could not be shown is gone.</summary>
    public Task<long?> Confirm(Guid id, ConfirmRevert command, CancellationToken stop = default) =>
        api.Write($"runs/{id}/confirm", command, null, stop);

    /// <summary>The safety lever of an environment.</summary>
    public Task<LeverView> Lever(string environment, CancellationToken stop = default) =>
        api.Get<LeverView>($"levers/{Uri.EscapeDataString(environment)}", stop);

    /// <summary>Every environment's lever that was ever pulled.</summary>
    public Task<IReadOnlyList<LeverView>> Levers(CancellationToken stop = default) =>
        api.Get<IReadOnlyList<LeverView>>("levers", stop);

    /// <summary>Halts every run of an environment and forbids new ones.</summary>
    public Task<long?> Engage(string environment, EngageLever command, CancellationToken stop = default) =>
        api.Write($"levers/{Uri.EscapeDataString(environment)}/engage", command, null, stop);

    /// <summary>Lets runs start again.</summary>
    public Task<long?> Release(string environment, ReleaseLever command, CancellationToken stop = default) =>
        api.Write($"levers/{Uri.EscapeDataString(environment)}/release", command, null, stop);

    /// <summary>Every blackout that was not lifted, of one environment or all.</summary>
    public Task<IReadOnlyList<BlackoutView>> Blackouts(string? environment, CancellationToken stop = default) =>
        api.Get<IReadOnlyList<BlackoutView>>(Query.Of("blackouts", ("environment", environment)), stop);

    public Task<BlackoutView> Blackout(string environment, string name, CancellationToken stop = default) =>
        api.Get<BlackoutView>(Blackouts(environment, name), stop);

    /// <summary>Says that nothing may be broken on purpose in an environment for some time, or changes when.</summary>
    public Task<BlackoutView> DeclareBlackout(
        string environment,
        string name,
        DeclareBlackout command,
        CancellationToken stop = default
    ) =>
        api.PutText<BlackoutView>(
            Blackouts(environment, name),
            JsonSerializer.Serialize(command, Json.Options),
            "application/json",
            stop
        );

    public Task<long?> LiftBlackout(
        string environment,
        string name,
        LiftBlackout command,
        CancellationToken stop = default
    ) => api.Write($"{Blackouts(environment, name)}/lift", command, null, stop);

    private static string Blackouts(string environment, string name) =>
        $"blackouts/{Uri.EscapeDataString(environment)}/{Uri.EscapeDataString(name)}";

    /// <summary>Declares who depends on whom in an environment, whole; with <paramref name="traced"/> what Jaeger has seen.</summary>
    public Task<TopologyView> ApplyTopology(
        string environment,
        string document,
        bool traced,
        CancellationToken stop = default
    ) =>
        api.PutText<TopologyView>(
            $"{Topologies(environment)}{(traced ? "/traced" : "")}",
            document,
            "application/json",
            stop
        );

    /// <summary>The same, on the version that was looked at; 0 where nothing may be declared yet.</summary>
    public Task<TopologyView> DeclareTopology(
        string environment,
        TopologyDeclaration declaration,
        long version,
        CancellationToken stop = default
    ) => api.PutFor<TopologyView>(Topologies(environment), declaration, version, stop);

    public Task<TopologyView> Topology(string environment, CancellationToken stop = default) =>
        api.Get<TopologyView>(Topologies(environment), stop);

    /// <summary>How much keeps working when a share of all containers, 0 to 1, is gone.</summary>
    public Task<SurvivalPrediction> Survival(
        string environment,
        decimal killedShare,
        CancellationToken stop = default
    ) =>
        api.Get<SurvivalPrediction>(
            Query.Of($"{Topologies(environment)}/survival", ("killedShare", killedShare)),
            stop
        );

    /// <summary>What an experiment, by id or name, is expected to do.</summary>
    public Task<ExperimentPrediction> Predict(string experiment, CancellationToken stop = default) =>
        api.Get<ExperimentPrediction>($"experiments/{Uri.EscapeDataString(experiment)}/prediction", stop);

    /// <summary>How far what a run has shown was from what was expected.</summary>
    public Task<RunSurprise> Surprise(Guid run, CancellationToken stop = default) =>
        api.Get<RunSurprise>($"runs/{run}/surprise", stop);

    private static string Topologies(string environment) => $"topologies/{Uri.EscapeDataString(environment)}";

    /// <summary>What happens from now on, or after an event that was seen; reconnects by itself.</summary>
    public IAsyncEnumerable<FeedItem> Follow(long? after = null, CancellationToken stop = default) =>
        api.Follow(after, TimeProvider.System, stop);

    /// <summary>One connection to the feed, for callers that show when it is lost.</summary>
    public IAsyncEnumerable<FeedItem> FollowOnce(long? after = null, CancellationToken stop = default) =>
        api.FollowOnce(after, stop);
}
