using System.Buffers;
using System.IO.Compression;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.OpenApi;

namespace Steady.Budgets.Intake;

/// <summary>How much may be in memory at once of all that comes in. What does not fit is asked to come again.</summary>
public sealed class IntakeRoom(IConfiguration settings)
{
    private readonly long most = settings.GetValue("Steady:Budgets:Intake:MaxBytesInFlight", 128L * 1024 * 1024);
    private long taken;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= most)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref taken, -bytes);
}

/// <summary>Too much waits already.</summary>
public sealed class OverloadedException() : Exception("Too much is waiting to be stored. Send it again in a second.");

/// <summary>A body in memory that goes back where it came from.</summary>
internal sealed class IntakeBody(IntakeRoom room) : IDisposable
{
    private long reserved;

    public byte[] Bytes { get; private set; } = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Content => Bytes.AsSpan(0, Length);

    /// <summary>Makes room for a content of known length, which the caller fills in.</summary>
    public Span<byte> Make(int length)
    {
        Grow(length);
        Length = length;
        return Bytes.AsSpan(0, length);
    }

    /// <summary>Reads all of it, up to the limit: a sender who sends more is stopped there, whatever it said before.</summary>
    public async Task Read(Stream from, long? said, int limit, CancellationToken stop)
    {
        if (said > limit)
            throw new BodyTooLargeException(said.Value, limit);
        Grow((int)(said + 1 ?? 64 * 1024));
        while (true)
        {
            if (Length == Bytes.Length)
                Grow(Math.Min(2 * Length, limit + 1));
            var read = await from.ReadAsync(Bytes.AsMemory(Length), stop);
            if (read == 0)
                return;
            Length += read;
            if (Length > limit)
                throw new BodyTooLargeException(Length, limit);
        }
    }

    public void Dispose()
    {
        if (Bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(Bytes);
        Bytes = [];
        room.Return(reserved);
        reserved = 0;
    }

    private void Grow(int length)
    {
        if (!room.TryTake(length))
            throw new OverloadedException();
        reserved += length;
        var larger = ArrayPool<byte>.Shared.Rent(length);
        Content.CopyTo(larger);
        if (Bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(Bytes);
        Bytes = larger;
    }
}

/// <summary>What the doors of intake share.</summary>
public static class IntakeEdges
{
    /// <summary>Most bytes of a body, as sent.</summary>
    public const int MostSent = 8 * 1024 * 1024;

    /// <summary>Most bytes that a body may hold once it is opened.</summary>
    public const int MostOpened = 32 * 1024 * 1024;

    private const int MostPulled = 16 * 1024 * 1024;

    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IntakeRoom>();
        services.AddSingleton<IntakeWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<IntakeWorker>());
        services.AddHostedService<PullWorker>();
        // Follows nobody elsewhere, and reads no more than it must.
        services
            .AddHttpClient(
                PullWorker.Client,
                client =>
                {
                    client.Timeout = TimeSpan.FromSeconds(30);
                    client.MaxResponseContentBufferSize = MostPulled;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        return services;
    }

    public static void Map(IEndpointRouteBuilder v1, IEndpointRouteBuilder prometheus)
    {
        SetSourceEndpoint.Map(v1);
        OtlpEndpoint.Map(v1);
        RemoteWriteEndpoint.Map(prometheus);
    }

    /// <summary>Describes a body that the framework does not read; kinds that are not taken are refused by the door itself.</summary>
    public static RouteHandlerBuilder WithBody(
        this RouteHandlerBuilder route,
        params (string Type, JsonNode? Example)[] kinds
    ) =>
        route.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = kinds.ToDictionary(
                        kind => kind.Type,
                        kind => new OpenApiMediaType { Example = kind.Example?.DeepClone() }
                    ),
                };
                return Task.CompletedTask;
            }
        );

    internal static async Task<IntakeBody> ReadBody(this HttpRequest request, IntakeRoom room, CancellationToken stop)
    {
        // Ours is the limit, and its answer says what is accepted.
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        var body = new IntakeBody(room);
        try
        {
            await body.Read(request.Body, request.ContentLength, MostSent, stop);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Opens gzip, up to the limit.</summary>
    internal static async Task<IntakeBody> Gunzip(
        this IntakeBody sent,
        IntakeRoom room,
        int limit,
        CancellationToken stop
    )
    {
        var opened = new IntakeBody(room);
        try
        {
            await using var zip = new GZipStream(
                new MemoryStream(sent.Bytes, 0, sent.Length, writable: false),
                CompressionMode.Decompress
            );
            await opened.Read(zip, null, limit, stop);
            return opened;
        }
        catch (InvalidDataException)
        {
            opened.Dispose();
            throw new UnreadableException("The body is no gzip, as Content-Encoding says.");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public static Delivery DeliveryOf(ClaimsPrincipal user) =>
        new() { Service = user.FindFirst("integration")?.Value, TraceParent = System.Diagnostics.Activity.Current?.Id };

    /// <summary>Status and words for what can go wrong on the way; null for what is a bug.</summary>
    public static (int Status, string Code)? Answer(Exception e) =>
        e switch
        {
            UnreadableException => (400, "body-unreadable"),
            BodyTooLargeException or TooManySamplesException => (413, "too-large"),
            OverloadedException => (429, "overloaded"),
            NotStoredException => (503, "not-stored"),
            BadHttpRequestException or IOException => (400, "body-unreadable"),
            _ => null,
        };
}
