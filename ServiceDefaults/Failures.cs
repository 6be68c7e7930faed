using Microsoft.AspNetCore.Http;

namespace Steady.ServiceDefaults;

internal static class Failures
{
    /// <summary>A body that is too large, or breaks off, is the caller's doing; all else is ours.</summary>
    public static int StatusOf(Exception failure) => (failure as BadHttpRequestException)?.StatusCode ?? 500;
}
