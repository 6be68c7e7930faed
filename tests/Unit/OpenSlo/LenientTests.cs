using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

/// <summary>What a lenient reader puts right, and that it tells all of it.</summary>
public sealed class LenientTests
{
    public static TheoryData<string, int> Diverging => Suite.Diverging;

    public static TheoryData<string> Files => Suite.Files;

    [Theory, MemberData(nameof(Diverging))]
    public void What_an_older_suite_calls_valid_is_put_right_and_told(string file, int position)
    {
        var report = OpenSloText.Read(Suite.Document(file), Mode.Lenient);
        Assert.Equal([], report.Findings);
        Assert.NotEmpty(report.Repairs);
        Assert.Equal(Verdict.Valid, report.Documents[position].Verdict);
    }

    [Theory, MemberData(nameof(Files))]
    public void A_repaired_document_needs_no_second_repair(string file)
    {
        var first = OpenSloText.Read(Suite.Document(file), Mode.Lenient);
        var second = OpenSloText.Judge([.. first.Documents.Select(document => document.Node)], Mode.Lenient);
        Assert.Empty(second.Repairs);
        Assert.Equal(first.Verdict, second.Verdict);
    }

    [Theory, MemberData(nameof(Files))]
    public void A_valid_document_is_left_as_it_is(string file)
    {
        var strict = OpenSloText.Read(Suite.Document(file));
        var lenient = OpenSloText.Read(Suite.Document(file), Mode.Lenient);
        if (strict.Verdict is not Verdict.Valid)
            return;
        Assert.Equal(Verdict.Valid, lenient.Verdict);
        // The one thing that the rules of v1alpha take and that is still said outright.
        Assert.All(lenient.Repairs, repair => Assert.Equal("rolling_said", repair.Rule));
    }
}
