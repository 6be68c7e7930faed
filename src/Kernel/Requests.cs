using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Steady.Kernel;

/// <summary>Who does something: the subject of the caller's token, or a rule of a service (<c>rule:burn-alert</c>).</summary>
/// <param name="Name">The subject.</param>
public sealed record Actor(string Name)
{
    /// <summary>Takes the actor from the request's token; a field of the body never names one.</summary>
    /// <param name="http">The request.</param>
    public static ValueTask<Actor?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<Actor?>(new Actor(http.User.FindFirst("sub")?.Value ?? "anonymous"));
}

/// <summary>The version a caller expects, from <c>If-Match</c>; none when the header is absent.</summary>
/// <param name="Version">The stream version; null accepts any and retries on a lost race.</param>
public sealed record ExpectedVersion(long? Version)
{
    /// <summary>No version was asked for.</summary>
    public static ExpectedVersion Any { get; } = new((long?)null);

    /// <summary>Reads <c>If-Match: "5"</c>; <c>*</c> and an absent header mean any. What is no version matches none.</summary>
    /// <param name="http">The request.</param>
    public static ValueTask<ExpectedVersion?> BindAsync(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        return ValueTask.FromResult<ExpectedVersion?>(
            header is "" or "*" ? Any : new ExpectedVersion(long.TryParse(header.Trim('"'), out var v) ? v : -1)
        );
    }
}

/// <summary>
/// The identity of a stream about to be started by a request. With an <c>Idempotency-Key</c> the id follows from the
/// caller, the path and the key, so a repeated request finds its own stream; without one it is a new version-7 id.
/// </summary>
/// <param name="Id">The id of the new stream.</param>
/// <param name="Key">The caller's key; null when none was sent.</param>
/// <param name="BodyHash">SHA-256 of the body, hexadecimal.</param>
public sealed record NewStream(Guid Id, string? Key, string BodyHash)
{
    /// <summary>A stream that no request names: started by a rule or a message.</summary>
    /// <param name="id">Its id.</param>
    public static NewStream Of(Guid id) => new(id, null, "");

    /// <summary>Keeps key and body but starts the stream under an id that follows from what it is about.</summary>
    /// <param name="id">The id.</param>
    public NewStream At(Guid id) => this with { Id = id };

    /// <summary>Reads the header and hashes the body, leaving the body readable.</summary>
    /// <param name="http">The request.</param>
    public static async ValueTask<NewStream?> BindAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        http.Request.Body.Position = 0;
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key is "")
        {
            var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            return new NewStream(Guid.CreateVersion7(now), null, hash);
        }

        var subject = http.User.FindFirst("sub")?.Value;
        return new NewStream(StableId.From("idempotency", subject ?? "", http.Request.Path, key), key, hash);
    }
}

/// <summary>Ids that follow from names, so that the same thing has the same id wherever and however often it is named.</summary>
public static class StableId
{
    /// <summary>A version-8 id (RFC 9562) from the SHA-256 of the parts.</summary>
    /// <param name="parts">What the id stands for; order matters.</param>
    [SuppressMessage("Performance", "CA1850", Justification = "One-shot hash of a joined string.")]
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts!)))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
