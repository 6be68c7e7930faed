using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Nobody reports what has not happened yet; a clock that is a little fast is forgiven.</summary>
public static class Moment
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public static bool IsAhead(DateTimeOffset moment, DateTimeOffset now) => moment > now + Skew;

    public static Refusal Refusal(string field) =>
        new Refusal(
            "in-the-future",
            $"'{field}' lies in the future. Give a moment that has passed, or leave it out for now."
        );
}
