using System.Diagnostics;
using System.Text;
using CsCheck;
using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

/// <summary>Whatever a text holds, the reader answers, soon and with little. A failure prints the seed that shows it again.</summary>
public sealed class FuzzTests
{
    // Generous for a busy machine; a reader that loops or explodes is far beyond.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private const long Little = 512L * 1024 * 1024;

    private static readonly string[] Documents = [.. Suite.Files.Select(row => Suite.Document(row.Data))];

    private static readonly string[] Pieces =
    [
        "\n---\n",
        "\n...\n",
        "&a ",
        "*a",
        "<<: *a",
        "!!binary ",
        "? ",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "#",
        "%YAML 1.2\n",
        "\t",
        "\0",
        "\ud83d",
        "\u2028",
        "\ufeff",
        "null",
        "~",
        ".nan",
        "1e999",
        "99999999999999999999999999m",
        "0x7fffffffffffffffffff",
        "-1w",
        "apiVersion: openslo/v1",
        "kind: SLO",
        "name: {}",
        "spec: []",
        "objectives: [null]",
        "target: -0.0",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Broken = Gen.Select(
        Gen.Int[0, Documents.Length - 1].Select(i => Documents[i]),
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 60], Piece, Gen.Int[0, 3]).Array[1, 12],
        (document, changes) => changes.Aggregate(document, Change)
    );

    [Fact]
    public void Changed_documents_are_answered() =>
        Gen.Select(Broken, Gen.Enum<Mode>(), Gen.Enum<Format>())
            .Sample((text, mode, format) => Answers(text, mode, format), iter: 4_000);

    [Fact]
    public void Noise_is_answered() =>
        Gen.Select(Gen.String, Piece.Array[0, 40])
            .Sample(
                (noise, pieces) =>
                    Answers(string.Concat(pieces) + noise + string.Concat(pieces), Mode.Lenient, Format.Auto),
                iter: 4_000
            );

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_soon_and_with_little(string name, string text)
    {
        var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        var report = OpenSloText.Read(text, Mode.Lenient);
        Assert.Equal(Verdict.DecodeError, report.Verdict);
        Assert.True(watch.Elapsed < Soon, $"{name} took {watch.Elapsed}");
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < Little, $"{name} took {taken} bytes");
    }

    public static TheoryData<string, string> Bombs() =>
        new()
        {
            { "billion laughs", Laughs(30, 10) },
            {
                "quadratic laughs",
                $"a: &a [{string.Join(',', Enumerable.Repeat("x", 5_000))}]\nb: [{Repeat("*a,", 5_000)}]"
            },
            { "merged laughs", Merges(40) },
            { "deep lists", new string('[', 200_000) },
            { "deep maps", Repeat("{a: ", 100_000) },
            { "deep blocks", Repeat("- ", 100_000) },
            { "deep json", Repeat("{\"a\":", 100_000) },
            { "many documents", Repeat("---\na: 1\n", 50_000) },
            { "many keys", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"k{i}: v\n")) },
            { "long text", new string('a', 2_000_000) },
            { "long number", "a: " + new string('9', 500_000) },
            { "long key", new string('k', 500_000) + ": v" },
            { "open quotes", "a: \"" + new string('x', 900_000) },
            { "many quotes", Repeat("\"", 500_000) },
            { "itself", "a: &a [*a]" },
        };

    [Theory]
    [InlineData("metadata: { name: s, annotations: { @ } }", "k#: v, ")]
    [InlineData("metadata: { name: s, labels: { @ } }", "_k#: 1, ")]
    [InlineData("metadata: { name: s }\nspec: { @ }", "k#: v, ")]
    [InlineData("metadata: { name: S_1 }\nextra: [@]", "{ metadata: { name: A_# } }, ")]
    public void Much_of_one_thing_is_answered_soon(string where, string piece)
    {
        var many = string.Concat(
            Enumerable.Range(0, 30_000).Select(i => piece.Replace("#", $"{i}", StringComparison.Ordinal))
        );
        var watch = Stopwatch.StartNew();
        Answers(
            "apiVersion: openslo/v1\nkind: Service\n" + where.Replace("@", many, StringComparison.Ordinal) + "\n",
            Mode.Lenient,
            Format.Yaml
        );
        Assert.True(watch.Elapsed < Soon, $"{watch.Elapsed}");
    }

    private static void Answers(string text, Mode mode, Format format)
    {
        var watch = Stopwatch.StartNew();
        var report = OpenSloText.Read(text, mode, format);
        Assert.True(watch.Elapsed < Soon, $"{watch.Elapsed}");
        Assert.Equal(report.Verdict is Verdict.Valid, report.Findings.Count == 0);
        Assert.True(report.Findings.Count <= Limits.Findings);
        Assert.All(report.Findings, finding => Assert.True(finding.Rule.Length > 0 && finding.Accepted.Length > 0));
        if (report.Verdict is not Verdict.Valid)
            return;
        ObjectiveDocuments.Of(report);
        var form = report.Documents.Select(Canonical.Form).ToList();
        var again = OpenSloText.Read(Export.Yaml([.. form]), format: Format.Yaml);
        Assert.All(form.Zip(again.Documents), pair => Assert.True(Nodes.Same(pair.First, pair.Second.Node), text));
    }

    private static string Change(string text, (int At, int Length, string Piece, int How) change)
    {
        var at = text.Length == 0 ? 0 : change.At % text.Length;
        var length = Math.Min(change.Length, text.Length - at);
        return change.How switch
        {
            0 => text.Insert(at, change.Piece),
            1 => text.Remove(at, length),
            2 => text.Remove(at, length).Insert(at, change.Piece),
            _ => text.Insert(text.Length - at, text.Substring(at, length)),
        };
    }

    private static string Repeat(string piece, int times) => new StringBuilder().Insert(0, piece, times).ToString();

    private static string Laughs(int levels, int wide)
    {
        var text = new StringBuilder("a0: &a0 ha\n");
        for (var i = 1; i < levels; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"a{i}: &a{i} [{Repeat($"*a{i - 1},", wide)}]\n"
            );
        return text.ToString();
    }

    private static string Merges(int levels)
    {
        var text = new StringBuilder("a0: &a0 { k: v }\n");
        for (var i = 1; i < levels; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"a{i}: &a{i} {{ <<: [*a{i - 1}, *a{i - 1}], x{i}: *a{i - 1}, y{i}: *a{i - 1} }}\n"
            );
        return text.ToString();
    }
}
