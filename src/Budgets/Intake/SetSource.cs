using System.Text.Json.Nodes;
using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Prometheus;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Intake;

public static class SettingSource
{
    /// <summary>Everything that is wrong with a source; empty when it can be set.</summary>
    public static IReadOnlyList<Finding> Check(SetSource terms, IReadOnlyCollection<string> pullable)
    {
        var findings = new List<Finding>();
        if (terms.Counters is null == terms.Latency is null)
            findings.Add(new("counters", "Events are counted in one way.", "Exactly one of counters and latency."));
        if (terms.Counters is { } counters)
            findings.AddRange(Counters(counters));
        if (terms.Latency is { } latency)
            findings.AddRange(Latency(latency, terms.Origin));
        if (terms.Pull is null == (terms.Origin == SourceOrigin.Pull))
            findings.Add(new("pull", "Only who is asked has an address.", "pull with the origin pull, and no other."));
        if (terms.Pull is { } pull && !pullable.Contains(pull.Url))
        {
            var accepted =
                pullable.Count == 0
                    ? "None yet: the operator lists them in"
                    : $"{string.Join(" or ", pullable)}, as listed in";
            findings.Add(new("pull.url", "This address is not asked.", $"{accepted} Steady:Budgets:Prometheus:Urls."));
        }

        return findings;
    }

    public static Decision Decide(Source? source, string sli, SetSource terms, string by, DateTimeOffset now) =>
        source is { Enabled: true } && source.Current.Terms == terms ? [] : [new SourceSet(sli, terms, by, now)];

    private static IEnumerable<Finding> Counters(CounterTerms terms)
    {
        if (terms.Total is null == terms.Bad is null)
            yield return new("counters", "The other side is said in one way.", "Exactly one of total and bad.");
        (string Name, string? Text)[] all = [("good", terms.Good), ("total", terms.Total), ("bad", terms.Bad)];
        foreach (var (name, text) in all.Where(one => one.Text is not null))
        {
            if (Read($"counters.{name}", text!, out var finding) is null)
                yield return finding!;
        }
    }

    private static IEnumerable<Finding> Latency(LatencyTerms terms, SourceOrigin origin)
    {
        const string path = "latency.histogram";
        if (Read(path, terms.Histogram, out var finding) is not { } selector)
        {
            yield return finding!;
        }
        else if (origin != SourceOrigin.Otlp)
        {
            if (selector.Name!.EndsWith(Mapping.Bucket, StringComparison.Ordinal))
                yield return new(path, "This names the buckets.", "The histogram's name, without _bucket.");
            if (selector.Matchers.Any(one => one.Label == "le"))
                yield return new(path, "Bounds are found by the threshold.", "Matchers without le.");
        }

        if (terms.Threshold <= 0)
            yield return new("latency.threshold", "Nothing takes less than no time.", "A number above 0.");
        if (terms.Unit is not null && origin != SourceOrigin.Otlp)
            yield return new("latency.unit", "Prometheus' histograms say no unit.", "unit with the origin otlp only.");
    }

    private static Selector? Read(string path, string text, out Finding? finding)
    {
        const string accepted =
            "A metric's name with matchers, as in PromQL: http_requests_total{job=\"shop\",code!~\"5..\"}.";
        finding = null;
        try
        {
            var selector = new SelectorReader(text).Selector();
            if (selector.Name is { Length: > 0 })
                return selector;
            finding = new(path, "The metric's name is a pattern or missing.", accepted);
        }
        catch (QueryException e)
        {
            finding = new(path, $"This is no selector: {e.Message}.", accepted);
        }

        return null;
    }
}

public static class SetSourceEndpoint
{
    private const string Example = """
        {"origin":"remoteWrite","counters":{
          "good":"http_requests_total{job=\"checkout\",code!~\"5..\"}",
          "total":"http_requests_total{job=\"checkout\"}"}}
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPut("/slis/{sli}/source", Set)
            .RequireScope("budgets:write")
            .Produces<SourceView>()
            .WithTags("Intake")
            .WithSummary("Says which counters are an indicator's good and bad events, and which way they come in.")
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapGet("/slis/{sli}/source", Read)
            .RequireScope("budgets:read")
            .Produces<SourceView>()
            .WithTags("Intake")
            .WithSummary("Shows an indicator's source, how many series it has and what was refused.");
        routes
            .MapDelete("/slis/{sli}/source", Disable)
            .RequireScope("budgets:write")
            .WithTags("Intake")
            .WithSummary("Switches an indicator's source off; what was counted stays.");
    }

    private static async Task<IResult> Set(
        string sli,
        SetSource terms,
        ExpectedVersion expected,
        Actor by,
        Streams streams,
        IQuerySession session,
        IntakeWorker intake,
        IConfiguration settings,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (SettingSource.Check(terms, PullWorker.Allowed(settings)) is { Count: > 0 } findings)
            return Edges.Invalid("source-invalid", "The source was not set. Repair what 'findings' lists.", findings);
        if (!await session.Query<Budget>().AnyAsync(budget => budget.Sli == sli, stop))
        {
            const string unknown = "No objective uses this indicator, so nobody would read it. Define one first.";
            return Answers.Problem(404, "sli-unknown", unknown);
        }

        var (id, now) = (Source.IdOf(sli), clock.Moment());
        var outcome = await Decide();
        if (outcome is Outcome.Missing)
        {
            var first = SettingSource.Decide(null, sli, terms, by.Name, now);
            outcome = await streams.Start<Source>(NewStream.Of(id), by, first, stop);
            // Two set it for the first time at once: the later one decides on what the earlier one left.
            if (outcome is Outcome.Repeated or Outcome.Taken)
                outcome = await Decide();
        }

        if (outcome is not Outcome.Done)
            return outcome.ToResult();
        await intake.Refresh(stop);
        return await Read(sli, session, intake, stop);

        Task<Outcome> Decide() =>
            streams.Decide<Source>(
                id,
                expected,
                by,
                source => SettingSource.Decide(source, sli, terms, by.Name, now),
                stop
            );
    }

    private static async Task<IResult> Read(
        string sli,
        IQuerySession session,
        IntakeWorker intake,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<Source>(Source.IdOf(sli), stop) is not { } source)
        {
            var none = $"No source is set for '{sli}': it is counted by what is pushed to /v1/slis/{sli}/counts.";
            return Answers.Problem(404, "not-found", none);
        }

        return intake.View(source).ToView(view => view.Version);
    }

    private static async Task<IResult> Disable(
        string sli,
        ExpectedVersion expected,
        Actor by,
        Streams streams,
        IntakeWorker intake,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var outcome = await streams.Decide<Source>(
            Source.IdOf(sli),
            expected,
            by,
            source => source.Enabled ? [new SourceDisabled(sli, by.Name, now)] : [],
            stop
        );
        await intake.Refresh(stop);
        return outcome.ToResult();
    }
}
