using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Gates;

/// <summary>A policy changes by a whole document; the same document again changes nothing. Pure.</summary>
public static class ApplyingPolicy
{
    public static Decision Decide(
        GatePolicy? policy,
        string name,
        GatePolicyTerms terms,
        string document,
        string by,
        DateTimeOffset now,
        IReadOnlyList<string>? services = null
    ) =>
        policy is { Retired: false } && policy.Newest.Document == document
            ? []
            : [new PolicyChanged(name, terms, document, by, now, services)];

    public static Decision Retire(
        GatePolicy policy,
        string by,
        DateTimeOffset now,
        IReadOnlyList<string>? services = null
    ) => policy.Retired ? [] : [new PolicyRetired(policy.Name, by, now, services)];

    /// <summary>Which of these services a policy is for.</summary>
    public static IReadOnlyList<string> For(GatePolicyTerms terms, IEnumerable<string> services) =>
        [
            .. services
                .Where(service => terms.Services.Any(pattern => Patterns.Match(pattern, service)))
                .Order(StringComparer.Ordinal),
        ];
}

public static class ApplyPolicyEndpoint
{
    private const string Refused = "The policy was refused and nothing was stored. Repair what 'findings' lists.";
    private const string Example = """
        apiVersion: steady.dev/v1
        kind: GatePolicy
        metadata:
          name: production
        spec:
          environments: ["prod*"]
          rules:
            - name: freeze
              when: { spentAbove: { share: 1, within: 28d } }
              then: deny
              except: [p0-fix, security]
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] types = ["text/yaml", "application/json"];
        routes
            .MapPut("/gates/policies/{name}", Put)
            .RequireScope("budgets:write")
            .Accepts<string>("application/yaml", types)
            .Produces<GatePolicyView>()
            .WithTags("Gates")
            .WithSummary("Changes a gate policy to what a document says: a new revision, unless nothing differs.")
            .WithExample("application/yaml", JsonValue.Create(Example));
        routes
            .MapPost("/gates/policies/lint", Lint)
            .RequireScope("budgets:read", "budgets:write")
            .Accepts<string>("application/yaml", types)
            .Produces<PolicyLint>()
            .WithTags("Gates")
            .WithSummary("Says everything that is wrong with a policy document; keeps nothing.")
            .WithExample("application/yaml", JsonValue.Create(Example));
        routes
            .MapDelete("/gates/policies/{name}", Retire)
            .RequireScope("budgets:write")
            .Produces(StatusCodes.Status204NoContent)
            .WithTags("Gates")
            .WithSummary("Retires a gate policy: it decides nothing any more, and all its revisions stay.");
    }

    private static async Task<IResult> Put(
        string name,
        HttpRequest request,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var reader = new StreamReader(request.Body);
        var document = await reader.ReadToEndAsync(stop);
        var read = PolicyReader.Read(document);
        IReadOnlyList<Finding> findings =
            read.Name is { } own && own != name
                ?
                [
                    .. read.Findings,
                    new("metadata.name", $"The document names {own}.", $"{name}, as the address says."),
                ]
                : read.Findings;
        if (read.Terms is not { } terms || findings.Count > 0)
            return Edges.Invalid("policy-invalid", Refused, findings);

        var (id, now) = (GatePolicy.IdOf(name), clock.Moment());
        var services = ApplyingPolicy.For(terms, await Services(session, stop));
        Decision Decide(GatePolicy? policy) =>
            ApplyingPolicy.Decide(policy, name, terms, document, by.Name, now, services);
        var outcome = await streams.Decide<GatePolicy>(id, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = await streams.Start<GatePolicy>(NewStream.Of(id), by, Decide(null), stop);
        // Another one started it in between.
        if (outcome is Outcome.Taken or Outcome.Repeated)
            outcome = await streams.Decide<GatePolicy>(id, version, by, Decide, stop);
        return outcome is Outcome.Done
            ? (await session.LoadAsync<GatePolicy>(id, stop))?.View().ToView(view => view.Revision) ?? Answers.Missing()
            : outcome.ToResult();
    }

    private static Task<IReadOnlyList<string>> Services(IQuerySession session, CancellationToken stop) =>
        session.Query<Burn.Budget>().Where(one => !one.Retired).Select(one => one.Service).Distinct().ToListAsync(stop);

    private static async Task<IResult> Lint(HttpRequest request, CancellationToken stop)
    {
        using var reader = new StreamReader(request.Body);
        var read = PolicyReader.Read(await reader.ReadToEndAsync(stop));
        return TypedResults.Ok(
            new PolicyLint(read.Findings.Count == 0 ? "valid" : "invalid", read.Findings, read.Name)
        );
    }

    private static async Task<IResult> Retire(
        string name,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.Moment();
        var id = GatePolicy.IdOf(name);
        var services = await Services(session, stop);
        return (
            await streams.Decide<GatePolicy>(
                id,
                version,
                by,
                policy =>
                    ApplyingPolicy.Retire(policy, by.Name, now, ApplyingPolicy.For(policy.Newest.Terms, services)),
                stop
            )
        ).ToResult();
    }
}
