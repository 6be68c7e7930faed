namespace Steady.Shop.Counts;

/// <summary>Counts an endpoint's requests: an answer with 2xx is good, all else is bad, also a customer who went away.</summary>
internal sealed class CountingFilter(Tally tally, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var good = false;
        try
        {
            var result = await next(context);
            var status = (result as IStatusCodeHttpResult)?.StatusCode ?? context.HttpContext.Response.StatusCode;
            good = status is >= 200 and < 300 && !context.HttpContext.RequestAborted.IsCancellationRequested;
            return result;
        }
        finally
        {
            tally.Count(good, clock.GetUtcNow());
        }
    }
}
