using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Tries the webhook of a kept query: a message that tells nothing goes where entries would go, signed as they are.</summary>
public static class TestWebhookEndpoint
{
    // Somebody waits for what comes of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPost($"{ViewWebhookEndpoint.Address}/test", Send)
            .WithTags("Timeline")
            .WithSummary("Sends a test message to where what a kept query finds is posted")
            .Produces<ViewWebhookTest>();

    private static async Task<IResult> Send(
        string name,
        NewStream stream,
        IQuerySession session,
        WebhookSender sender,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await SavedViewsEndpoint.Find(session, name, stop) is not { } view)
            return SavedViewsEndpoint.Unknown(name);
        if (view.Webhook is not { } webhook || await session.LoadAsync<ViewWebhook>(name, stop) is not { } secret)
            return ViewWebhookEndpoint.None(name);
        var now = clock.GetUtcNow();
        var delivery = await Post(sender, secret, $"{stream.Id}", Posting.TestBody(name, now), clock, stop);
        return TypedResults.Ok(new ViewWebhookTest(name, webhook.Hint, delivery.Delivered, delivery.Result, now));
    }

    private static async Task<Delivery> Post(
        WebhookSender sender,
        ViewWebhook to,
        string id,
        string body,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            return await sender.Post(to.Address, to.Secret, id, body, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Delivery(false, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
