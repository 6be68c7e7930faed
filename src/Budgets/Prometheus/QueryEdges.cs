using Marten;
using Npgsql;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Prometheus;

/// <summary>What the endpoints in Prometheus' shape share: parameters from address or form, and errors in its words.</summary>
internal static class QueryEdges
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Maps GET, and POST with a form where Prometheus has both.</summary>
    public static void Map(
        IEndpointRouteBuilder api,
        string path,
        string summary,
        Delegate handle,
        bool post = false
    ) =>
        api.MapMethods(path, post ? ["GET", "POST"] : ["GET"], handle)
            .AddEndpointFilter(Refuse)
            .RequireScope("budgets:read")
            .WithTags("Prometheus")
            .WithSummary(summary);

    /// <summary>The parameters of a request; those of a form and of the address together, as Prometheus takes them.</summary>
    public static async Task<ILookup<string, string>> Parameters(HttpRequest request, CancellationToken stop)
    {
        var given = request.Query.SelectMany(pair => pair.Value.Select(value => (pair.Key, Value: value ?? "")));
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(stop);
            given = form.SelectMany(pair => pair.Value.Select(value => (pair.Key, Value: value ?? ""))).Concat(given);
        }

        return given.ToLookup(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>Ends when the caller goes away, or after the <c>timeout</c> that was asked for, half a minute at most.</summary>
    public static CancellationTokenSource Deadline(
        ILookup<string, string> given,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var asked = given["timeout"].FirstOrDefault() is { Length: > 0 } text
            ? QueryTimes.Length("timeout", text)
            : Longest;
        var deadline = new CancellationTokenSource(
            asked < TimeSpan.Zero ? TimeSpan.Zero
                : asked > Longest ? Longest
                : asked,
            clock
        );
        stop.Register(deadline.Cancel);
        return deadline;
    }

    public static IResult Json(byte[] body) => TypedResults.Bytes(body, "application/json");

    private static async ValueTask<object?> Refuse(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (QueryException wrong)
        {
            return Error(wrong.Status, wrong.ErrorType, wrong.Message);
        }
        catch (InvalidDataException broken)
        {
            return Error(StatusCodes.Status400BadRequest, "bad_data", $"error parsing form values: {broken.Message}");
        }
        catch (OperationCanceledException) when (!context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Error(
                StatusCodes.Status503ServiceUnavailable,
                "timeout",
                "query timed out in expression evaluation. Ask for fewer steps or fewer series"
            );
        }
        catch (Exception broken) when (broken is NpgsqlException or Marten.Exceptions.MartenCommandException)
        {
            return Error(
                StatusCodes.Status503ServiceUnavailable,
                "unavailable",
                "the counts cannot be read at the moment. Ask again"
            );
        }
    }

    private static IResult Error(int status, string errorType, string message) =>
        TypedResults.Text(QueryAnswers.Error(errorType, message), "application/json", status);
}
