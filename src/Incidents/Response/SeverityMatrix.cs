using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public sealed record SeveritiesSet(
    IReadOnlyList<SeverityMeaning> Severities,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>What the severities mean: one document, whose past is kept.</summary>
public sealed record SeverityMatrix
{
    /// <summary>There is one.</summary>
    public static readonly Guid Stream = StableId.From("severities");

    public Guid Id { get; init; }
    public long Version { get; init; }
    public required SeveritiesSet Current { get; init; }

    public static SeverityMatrix Create(SeveritiesSet e) => new() { Current = e };

    public SeverityMatrix Apply(SeveritiesSet e) => this with { Current = e };
}

/// <summary>The document that a Steady begins with, and what one must look like. Pure.</summary>
public static class Severities
{
    private const int LongestExample = 200;
    private const int LongestName = 100;

    public static SetSeverities First { get; } =
        new(
            [
                new(
                    Severity.Sev1,
                    "Most users cannot do what they came for, data is lost, or somebody who must not can read it.",
                    ["Nobody can pay.", "Orders are taken and lost.", "One customer sees another one's invoices."],
                    ["on call", "every team that is concerned", "management", "customers"],
                    30
                ),
                new(
                    Severity.Sev2,
                    "Many users are hindered, or one thing that matters fails for all.",
                    ["One payment in ten fails.", "Search answers after ten seconds.", "A region is down."],
                    ["on call", "every team that is concerned", "customers"],
                    60
                ),
                new(
                    Severity.Sev3,
                    "Some users notice, and there is a way around.",
                    ["Reports of yesterday are late.", "One picture size is missing."],
                    ["on call", "the team"],
                    240
                ),
                new(
                    Severity.Sev4,
                    "Hardly anybody notices; it would be worse if it stayed.",
                    ["One of three copies is behind.", "A certificate expires in two weeks."],
                    ["the team"]
                ),
            ],
            "What a Steady begins with."
        );

    /// <summary>What is wrong with a document, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(SetSeverities document)
    {
        foreach (var severity in Enum.GetValues<Severity>())
        {
            var count = document.Severities.Count(one => one.Severity == severity);
            if (count != 1)
                yield return (
                    "severities",
                    $"{severity} stands there {count} times. Give each of sev1, sev2, sev3 and sev4 once."
                );
        }

        foreach (var (one, at) in document.Severities.Select((one, at) => (one, at)))
        {
            if (Longest(one.Examples, LongestExample) is { } example)
                yield return ($"severities[{at}].examples[{example}]", $"Give 1 to {LongestExample} characters.");
            if (Longest(one.Tell, LongestName) is { } name)
                yield return ($"severities[{at}].tell[{name}]", $"Give 1 to {LongestName} characters.");
        }
    }

    public static SeveritiesView View(SeverityMatrix? matrix) =>
        matrix is null
            ? new SeveritiesView(0, First.Severities, First.Reason, null, null)
            : new SeveritiesView(
                matrix.Version,
                [.. matrix.Current.Severities.OrderBy(one => one.Severity)],
                matrix.Current.Reason,
                matrix.Current.By,
                matrix.Current.At
            );

    private static int? Longest(IReadOnlyList<string> texts, int most)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(texts[i]) || texts[i].Length > most)
                return i;
        }

        return null;
    }
}
