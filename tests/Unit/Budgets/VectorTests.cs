using System.Text.Json;
using Steady.Budgets.Burn;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>
/// Every published figure of vectors.json is a test case: the rule is asked with the input, and each expected member must
/// come out, exactly or, where the file rounds to a double, to nine digits.
/// </summary>
public sealed class VectorTests
{
    // Where a figure of the file is not what its own source defines, with the figure that is.
    private static readonly Dictionary<(string Id, string Member), (string Figure, string Why)> Misprints = new()
    {
        [("fc-05", "high")] = (
            "121.626793792426",
            "Garwood's bound is the mean at which 100 or fewer come with 2.5 %: 121.626794, printed as 121.6274."
        ),
    };

    public static TheoryData<string> All => [.. Vectors.Every.Select(vector => vector.GetProperty("id").GetString()!)];

    [Theory, MemberData(nameof(All))]
    public void A_published_figure_comes_out(string id)
    {
        var vector = Vectors.Every.Single(one => one.GetProperty("id").GetString() == id);
        var rule = VectorRules.Of(vector.GetProperty("op").GetString()!);
        var answer = rule(vector.GetProperty("input"));
        Rational tolerance = vector.TryGetProperty("tolerance", out var given) ? Rational.Parse(given.GetRawText()) : 0;
        foreach (var expected in vector.GetProperty("expected").EnumerateObject())
        {
            Assert.True(answer.ContainsKey(expected.Name), $"{id}: no rule tells {expected.Name}");
            var actual = answer[expected.Name];
            var right = Misprints.TryGetValue((id, expected.Name), out var misprint)
                ? actual is Rational figure && Close(Rational.Parse(misprint.Figure), figure, 0)
                : Same(expected.Value, actual, tolerance);
            Assert.True(right, $"{id}: {expected.Name} is {Print(actual)}, expected {expected.Value}");
        }
    }

    [Fact]
    public void All_vectors_of_the_file_are_tried()
    {
        using var file = JsonDocument.Parse(
            File.ReadAllText(Repository.File("tests", "Unit", "Budgets", "vectors.json"))
        );
        Assert.Equal(file.RootElement.GetProperty("count").GetInt32(), Vectors.Every.Count);
    }

    private static bool Same(JsonElement expected, object? actual, Rational tolerance) =>
        (expected.ValueKind, actual) switch
        {
            (JsonValueKind.Null, null) => true,
            (JsonValueKind.True, true) or (JsonValueKind.False, false) => true,
            (JsonValueKind.Number, Rational number) => Close(Rational.Parse(expected.GetRawText()), number, tolerance),
            (JsonValueKind.String, Rational number) => Rational.Parse(expected.GetString()!) == number,
            (JsonValueKind.String, string text) => expected.GetString() == text,
            (JsonValueKind.String, DateTimeOffset moment) => expected.GetDateTimeOffset() == moment,
            (JsonValueKind.Array, IReadOnlyList<string> words) => expected
                .EnumerateArray()
                .Select(word => word.GetString())
                .SequenceEqual(words),
            _ => false,
        };

    private static bool Close(Rational expected, Rational actual, Rational tolerance)
    {
        var off = actual > expected ? actual - expected : expected - actual;
        var digits = (expected < 0 ? -expected : expected) / 1_000_000_000;
        return off <= Rational.Max(tolerance, digits);
    }

    private static string Print(object? value) =>
        value switch
        {
            null => "nothing",
            Rational number => number.Print(15),
            IEnumerable<string> words => string.Join(", ", words),
            _ => value.ToString()!,
        };
}
