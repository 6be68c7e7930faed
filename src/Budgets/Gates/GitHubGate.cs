using System.Security.Cryptography;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Gates;

/// <summary>GitHub asks whether a deployment may go on, and is told at the address that it names.</summary>
public static class GitHubGateEndpoint
{
    private static readonly Actor GitHub = new("integration:github");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/gates/github", Handle)
            // GitHub has no token of ours: the signature of the body takes its place.
            .AllowAnonymous()
            .Produces<GateAnswer>()
            .WithTags("Gates")
            .WithSummary("Webhook of GitHub's custom deployment protection rules; the body must be signed.");

    private static async Task<IResult> Handle(
        HttpRequest request,
        GitHubClient github,
        GateReader gates,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, stop);
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (!GitHubDelivery.IsSigned(body.Span, request.Headers["X-Hub-Signature-256"], github.Secret))
        {
            const string unsigned =
                "X-Hub-Signature-256 is not the signature of this body. Give the webhook the secret GitHub:WebhookSecret.";
            return Answers.Problem(401, "signature-invalid", unsigned);
        }

        if (request.Headers["X-GitHub-Event"] == "ping")
            return TypedResults.NoContent();
        if (
            request.Headers["X-GitHub-Event"] != "deployment_protection_rule"
            || GitHubDelivery.Read(body) is not { } asked
        )
        {
            const string unknown =
                "Only the webhook deployment_protection_rule is read here, in the shape GitHub documents.";
            return Answers.Problem(400, "webhook-unknown", unknown);
        }

        if (!asked.CallsBackTo(github.Api))
        {
            var foreign =
                $"The callback is no run of {asked.Repository} at {github.Api}. Set GitHub:Api to your GitHub.";
            return Answers.Problem(400, "callback-foreign", foreign);
        }

        if (asked.Action != "requested")
            return TypedResults.NoContent();
        // The body is what was signed; the delivery's id is not. So the same content is the same decision, however often
        // and under whatever id it comes.
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var stream = new NewStream(StableId.From("github", hash), null, hash);
        return await Answer(asked, stream, github, gates, streams, session, clock.Moment(), stop);
    }

    private static async Task<IResult> Answer(
        GitHubDelivery asked,
        NewStream stream,
        GitHubClient github,
        GateReader gates,
        Streams streams,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var service = github.ServiceOf(asked.Repository);
        if (await session.Events.FetchStreamStateAsync(stream.Id, stop) is null)
        {
            var decision = await AskGateEndpoint.Decide(service, asked.Ask(), GitHub, gates, session, now, stop);
            await streams.Start<Gate>(stream, GitHub, decision, stop);
        }

        var gate = (await session.LoadAsync<Gate>(stream.Id, stop))!;
        if (gate.Reported is null)
        {
            if (!await github.Answer(asked, gate.View(), stop))
            {
                const string failed =
                    "GitHub did not take the answer. The decision is kept; deliver the webhook again.";
                return Answers.Problem(502, "callback-failed", failed);
            }

            var reported = new GateReported($"{asked.Callback}", GitHubDelivery.StateOf(gate.View()), now);
            await streams.Decide<Gate>(
                gate.Id,
                ExpectedVersion.Any,
                GitHub,
                current => current.Reported is null ? [reported] : [],
                stop
            );
        }

        return TypedResults.Ok(new GateAnswer(gate.View()));
    }
}
