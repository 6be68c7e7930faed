using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

public sealed class UpgradeTests
{
    public static TheoryData<string, int> Objects => Suite.Objects;

    [Theory, MemberData(nameof(Objects))]
    public void A_valid_object_of_any_version_is_a_valid_object_of_v1(string file, int position)
    {
        var document = OpenSloText.Read(Suite.Document(file)).Documents[position];
        if (document.Verdict is not Verdict.Valid)
            return;
        var (whole, findings) = Upgrade.ToV1(document);
        Assert.All(findings, finding => Assert.Equal("not_expressible", finding.Rule));
        var report = OpenSloText.Judge([whole], Mode.Strict);
        if (findings.Count == 0)
            Assert.Equal([], report.Findings);
        if (document.Dialect == Dialect.V1)
            Assert.True(Nodes.Same(Canonical.Form(document), whole));
    }

    [Theory]
    [InlineData("unit: Month", "1M")]
    [InlineData("unit: Quarter", "1Q")]
    [InlineData("unit: Week", "1w")]
    public void Windows_of_v1alpha_become_durations(string unit, string duration)
    {
        var text = Suite
            .Document("oslo/test/inputs/validate/v1alpha.yaml")
            .Replace("unit: Month", unit, StringComparison.Ordinal);
        var (whole, findings) = Upgrade.ToV1(OpenSloText.Read(text).Documents[3]);
        Assert.Empty(findings);
        Assert.Equal(duration, new Place("", whole, null)["spec"]["timeWindow"].Items().Single()["duration"].Text);
    }

    [Fact]
    public void A_change_is_told_member_by_member()
    {
        var old = OpenSloText.Read("a: 1\nb: { c: [x, u], d: z }\n").Documents[0].Node;
        var now = OpenSloText.Read("a: 1.0\nb: { c: [x, w, v] }\ne: { f: 1 }\n").Documents[0].Node;
        Assert.Equal(
            [
                new Change("b.c[1]", "u", "w"),
                new Change("b.c[2]", null, "v"),
                new Change("b.d", "z", null),
                new Change("e", null, "{\"f\":1}"),
            ],
            Changes.Between(old, now)
        );
        Assert.Empty(Changes.Between(old, old));
    }
}
