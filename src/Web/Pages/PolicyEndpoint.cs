using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Web.Components;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>A gate policy as it is written, and what the service says of it.</summary>
/// <param name="Name">The policy that is changed; null when a new one is written.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Lint">What the service says.</param>
/// <param name="Newest">As it is; null of a new one.</param>
/// <param name="Revisions">What it said, newest first; one page of it. None of a new one.</param>
/// <param name="Revision">What it was written on; null for a new one.</param>
/// <param name="Refusal">Why it was not taken.</param>
/// <param name="Marks">The lines of the text in which something is wrong.</param>
/// <param name="Stands">How it stands by now, where somebody else was faster.</param>
public sealed record PolicyModel(
    string? Name,
    string Text,
    Answer<PolicyLint> Lint,
    GatePolicyView? Newest,
    Page<GatePolicyView> Revisions,
    long? Revision,
    DateTimeOffset Now,
    bool MayWrite,
    string? Refusal = null,
    IReadOnlyList<MarkedLine>? Marks = null,
    string? Stands = null,
    Filled? Filled = null
)
{
    public string Path => $"/gates/policies/{Uri.EscapeDataString(Name ?? "new")}";
}

/// <summary>The page on which a gate policy is written, changed and ended. What is said of it comes from the service, while one types.</summary>
public static class PolicyEndpoint
{
    private const int MostRevisions = 20;

    private const string Taken =
        "There is a policy of this name already. Give this one another name, or change that one on its page.";

    private const string Beginning = """
        apiVersion: steady.dev/v1
        kind: GatePolicy
        metadata:
          name: production
        spec:
          services: ["*"]
          environments: ["prod*"]
          validFor: 5m
          rules:
            - name: freeze
              when: { spentAbove: { share: 1, within: 28d } }
              then: deny
              except: [p0-fix, security]
              reason: Reliability before features.
            - name: page
              when: { alertOpen: page }
              then: deny
              except: [p0-fix]
            - name: little-left
              when: { remainingBelow: 0.1 }
              then: warn
          freezes:
            - name: weekends
              from: fri 18:00
              to: mon 07:00
              timeZone: Europe/Berlin
              then: warn
        """;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gates/policies", () => TypedResults.LocalRedirect("/gates"));
        pages.MapGet("/gates/policies/new", New);
        pages.MapGet("/gates/policies/{name}", Page);
        pages.MapPost("/fragments/gates/policies/check", Fragment);
        pages.MapPost("/gates/policies/{name}/check", Check);
        pages.MapPost("/gates/policies/{name}/save", Save);
        pages.MapPost("/gates/policies/{name}/retire", Retire);
        // Who reloads the answer of a form comes back to the page.
        pages.MapGet(
            "/gates/policies/{name}/{what}",
            (string name) => TypedResults.LocalRedirect($"/gates/policies/{Uri.EscapeDataString(name)}")
        );
    }

    private static async Task<IResult> New(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<PolicyPage>(await Read(apis, clock, null, Beginning, stop));

    private static async Task<IResult> Page(
        string name,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null
    ) => Html.Of<PolicyPage>(await Read(apis, clock, name, null, stop, after));

    private static async Task<IResult> Fragment(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    ) => Html.Of<PolicyPreview>(await Read(apis, clock, null, Text(fields), stop));

    private static async Task<IResult> Check(
        string name,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var model = await Read(apis, clock, Named(name), Text(fields), stop);
        return Html.Of<PolicyPage>(model with { Revision = Seen(fields) });
    }

    private static async Task<IResult> Save(
        string name,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (known, text) = (Named(name), Text(fields));
        try
        {
            // The document of a new one says its name itself; the service reads it.
            var wanted = known ?? (await apis.Gates.Lint(text, stop: stop)).Name ?? "new";
            var seen = known is null ? await Free(apis, wanted, stop) : Seen(fields);
            await apis.Gates.Apply(wanted, text, seen, stop);
            return TypedResults.LocalRedirect("/gates");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            var taken = known is null && problem.Status == StatusCodes.Status412PreconditionFailed;
            var sentence = taken ? Taken : Refusals.Written(problem);
            return await Refuse(sentence, problem.Status, problem.Findings);
        }

        async Task<IResult> Refuse(string sentence, int status, IReadOnlyList<Client.Finding>? findings = null)
        {
            var stale = known is not null && status == StatusCodes.Status412PreconditionFailed;
            var model = await Read(apis, clock, known, text, stop);
            return Html.Of<PolicyPage>(
                model with
                {
                    Revision = stale ? model.Revision : Seen(fields),
                    Refusal = sentence,
                    Marks = MarkedLine.Of(text, [.. (findings ?? []).Where(finding => finding.Line is not null)]),
                    Stands = stale ? model.Newest?.Document : null,
                },
                status
            );
        }
    }

    // What is there already is changed on its own page, where one sees what it says; one that has ended may begin again.
    private static async Task<long> Free(Apis apis, string name, CancellationToken stop) =>
        await Then.Known(apis.Gates.Policy(name, stop)) is { Retired: true } ended ? ended.Revision : 0;

    private static Task<IResult> Retire(
        string name,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        return Refusals.Act(() => apis.Gates.Retire(name, stop), "/gates", Refuse);

        async Task<IResult> Refuse(string sentence, int status)
        {
            var model = await Read(apis, clock, name, null, stop);
            return Html.Of<PolicyPage>(
                model with
                {
                    Refusal = sentence,
                    Filled = FilledEndpoint.Of("retire", fields),
                },
                status
            );
        }
    }

    private static async Task<PolicyModel> Read(
        Apis apis,
        TimeProvider clock,
        string? name,
        string? typed,
        CancellationToken stop,
        string? after = null
    )
    {
        var newest = name is null ? null : await apis.Gates.Policy(name, stop);
        var revisions = name is null
            ? new Page<GatePolicyView>([], null)
            : await apis.Gates.Revisions(name, MostRevisions, after, stop);
        var text = typed ?? newest!.Document;
        return new PolicyModel(
            name,
            text,
            await Answer.Of(apis.Gates.Lint(text, stop: stop)),
            newest,
            revisions,
            newest?.Revision,
            clock.GetUtcNow(),
            apis.May("budgets:write")
        );
    }

    private static string Text(IFormCollection fields) => FilledEndpoint.Of("text", fields).Document;

    private static long? Seen(IFormCollection fields) => FilledEndpoint.Of("text", fields).Number("revision");

    private static string? Named(string name) => name == "new" ? null : name;
}
