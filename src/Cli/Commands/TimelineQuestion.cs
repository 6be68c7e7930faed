using System.Globalization;

namespace Steady.Cli.Commands;

/// <summary>A query as it was typed, where an incident's number is a query too.</summary>
internal sealed record TimelineQuestion(string Query)
{
    public bool IsIncident =>
        Guid.TryParse(Query, out _)
        || (
            Query.StartsWith("INC-", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(Query.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        );

    public string Text => IsIncident ? $"incident:{Query}" : Query;
}
