using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Gates;

/// <summary>A question as the query of an address.</summary>
public sealed record GateQuestion(
    [property: RegularExpression("^(deploy|experiment)$")] string Action,
    [property: StringLength(200, MinimumLength = 1)] string Ref,
    [property: StringLength(60, MinimumLength = 1)] string Environment,
    [property: Range(0.0, 1.0)] decimal? ExpectedSpend = null,
    [property: StringLength(60, MinimumLength = 1)] string? Change = null
)
{
    public AskGate Ask() =>
        new(
            Action == "experiment" ? GateAction.Experiment : GateAction.Deploy,
            Ref,
            Environment,
            ExpectedSpend,
            Change
        );
}

public static class AskGateEndpoint
{
    private const string Example =
        """{"action":"deploy","ref":"1.4.2","environment":"production","change":"feature"}""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/gates/{service}/decisions", Post)
            .RequireScope("gate:ask")
            .Produces<GateAnswer>(StatusCodes.Status201Created)
            .WithTags("Gates")
            .WithSummary(
                "Asks whether a service has the budget for a deployment or an experiment, and keeps the decision."
            )
            .WithExample("application/json", JsonNode.Parse(Example)!);
        routes
            .MapGet("/gates/{service}/ask", Get)
            .RequireScope("gate:ask")
            .Produces<GateAnswer>()
            .WithTags("Gates")
            .WithSummary("The same question for tools that can only read an address, and keeps the decision too.");
    }

    private static Task<IResult> Post(
        string service,
        AskGate ask,
        NewStream stream,
        Actor by,
        GateReader gates,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        // A key in the body is as good as one in the header.
        var keyed =
            ask.IdempotencyKey is { } key && stream.Key is null
                ? stream with
                {
                    Id = StableId.From("gate", by.Name, service, key),
                    Key = key,
                }
                : stream;
        return Answer(service, ask, keyed, by, gates, streams, session, clock, stop);
    }

    private static async Task<IResult> Get(
        string service,
        [AsParameters] GateQuestion question,
        NewStream stream,
        Actor by,
        GateReader gates,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var ask = question.Ask();
        var now = clock.Moment();
        var decision = await Decide(service, ask, by, gates, session, now, stop);
        var outcome = await streams.Start<Gate>(stream, by, decision, stop);
        return outcome is Outcome.Done or Outcome.Repeated
            ? TypedResults.Ok(new GateAnswer((await session.LoadAsync<Gate>(stream.Id, stop))!.View()))
            : outcome.ToResult();
    }

    private static async Task<IResult> Answer(
        string service,
        AskGate ask,
        NewStream stream,
        Actor by,
        GateReader gates,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var decision = await Decide(service, ask, by, gates, session, clock.Moment(), stop);
        var outcome = await streams.Start<Gate>(stream, by, decision, stop);
        return await outcome.ToCreated(
            id => $"/v1/gates/decisions/{id}",
            async id => new GateAnswer((await session.LoadAsync<Gate>(id, stop))!.View())
        );
    }

    internal static async Task<Decision> Decide(
        string service,
        AskGate ask,
        Actor by,
        GateReader gates,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var context = await GateReader.Context(service, ask, session, now, stop);
        var figures = await gates.Figures(service, context.Policy.Terms, session, now, stop);
        return Asking.Decide(service, ask, figures, context, by.Name, now);
    }
}
