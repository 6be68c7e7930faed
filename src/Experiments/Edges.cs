using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments;

/// <summary>What the service's endpoints share.</summary>
internal static class Edges
{
    /// <summary>How YAML is called.</summary>
    public static readonly string[] Yaml = ["application/yaml", "application/x-yaml", "text/yaml"];

    public static bool IsYaml(this HttpRequest request) =>
        request.ContentType?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>400 with what is wrong, by place.</summary>
    public static IResult Invalid(string code, string detail, IReadOnlyList<Finding> findings) =>
        Answers.Problem(
            400,
            code,
            detail,
            new Dictionary<string, object?>
            {
                ["errors"] = findings
                    .GroupBy(finding => finding.Path)
                    .ToDictionary(place => place.Key, place => place.Select(finding => finding.Message).ToArray()),
            }
        );

    /// <summary>What a stream had come to by a moment; null when it had not begun.</summary>
    public static async Task<T?> Then<T>(
        this IDocumentStore store,
        Guid id,
        DateTimeOffset moment,
        CancellationToken stop
    )
        where T : class
    {
        await using var session = store.QuerySession();
        return await session.Events.AggregateStreamAsync<T>(id, timestamp: moment.ToUniversalTime(), token: stop);
    }

    /// <summary>Begins a stream, or goes on with the one that is there; says which of the two.</summary>
    public static async Task<(Outcome Outcome, bool Begun)> Keep<T>(
        this Streams streams,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Decision first,
        Func<T, Decision> change,
        CancellationToken stop
    )
        where T : class
    {
        var outcome = await Change();
        if (outcome is not Outcome.Missing)
            return (outcome, false);
        outcome = await streams.Start<T>(stream, by, first, stop);
        // Somebody was first a moment ago: then this is a change of theirs.
        return outcome is Outcome.Taken ? (await Change(), false) : (outcome, true);

        Task<Outcome> Change() => streams.Decide(stream.Id, version, by, change, stop);
    }
}
