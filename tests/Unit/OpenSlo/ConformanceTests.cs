using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

/// <summary>The answers of a strict reader to documents of other people.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string, int> Objects => Suite.Objects;

    public static TheoryData<string> Mutations => Suite.Mutations;

    [Theory, MemberData(nameof(Objects))]
    public void A_published_object_gets_its_verdict(string file, int position)
    {
        var entry = Suite.Entry(file, position);
        var report = OpenSloText.Read(Suite.Document(file));

        var document = report.Documents[position];
        Assert.Equal(Suite.Expected(entry), document.Verdict);
        Assert.Equal(Suite.Text(entry, "kind"), document.Kind);
        Assert.Equal(Suite.Text(entry, "name"), document.Name);
        Assert.Equal(report.Documents.Max(other => other.Verdict), report.Verdict);
        var prefix = document.Path.Length > 0 ? $"{document.Path}." : "";
        var found = report
            .Findings.Where(finding => finding.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(finding => (finding.Path[prefix.Length..], finding.Rule))
            .ToHashSet();
        if (document.Verdict is not Verdict.Invalid || entry.GetProperty("errors").GetArrayLength() == 0)
            return;
        var expected = entry.GetProperty("errors").EnumerateArray();
        Assert.Equivalent(
            expected.Select(error => (error[0].GetString()!, error[1].GetString()!)),
            found,
            strict: true
        );
    }

    [Theory, MemberData(nameof(Mutations))]
    public void A_changed_document_gets_its_verdict_at_its_place(string id)
    {
        var mutation = Suite.Mutation(id);
        var report = OpenSloText.Read(Suite.Patched(mutation));

        Assert.Equal(Suite.Expected(mutation), report.Verdict);
        if (mutation.TryGetProperty("path", out var path))
        {
            var finding = Assert.Single(report.Findings);
            Assert.Equal((path.GetString(), Suite.Text(mutation, "code")), (finding.Path, finding.Rule));
        }

        Assert.All(report.Findings, finding => Assert.NotEqual("", finding.Message));
        Assert.All(report.Findings, finding => Assert.NotEqual("", finding.Accepted));
    }
}
