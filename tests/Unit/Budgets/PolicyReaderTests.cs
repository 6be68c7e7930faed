using Steady.Budgets.Gates;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class PolicyReaderTests
{
    private const string Whole = """
        apiVersion: steady.dev/v1
        kind: GatePolicy
        metadata:
          name: production
        spec:
          services: [checkout, "pay-*"]
          environments: ["prod*"]
          validFor: 10m
          data:
            fail: closed
            staleAfter: 15m
          overrides:
            allowed: true
            atMost: 2h
          waivers: [companyNetwork, frozenDependency]
          rules:
            - name: little-left
              when: { remainingBelow: 0.1 }
              then: warn
            - name: freeze
              when: { spentAbove: { share: 1, within: 4w } }
              then: deny
              actions: [deploy]
              except: [p0-fix, security]
              reason: Fix before features.
          freezes:
            - name: black friday
              from: 2026-11-27 00:00
              to: 2026-11-30 08:00
              timeZone: Europe/Berlin
              except: [p0-fix]
            - name: weekends
              from: fri 16:00
              to: mon 08:00
              timeZone: America/New_York
              then: warn
        """;

    [Fact]
    public void A_whole_document_is_read()
    {
        var read = PolicyReader.Read(Whole);
        Assert.Empty(read.Findings);
        Assert.Equal("production", read.Name);
        var expected = new GatePolicyTerms(
            ["checkout", "pay-*"],
            ["prod*"],
            [
                new("little-left", new(RemainingBelow: 0.1m), GateVerdict.Warn, [], [], null),
                new(
                    "freeze",
                    new(SpentAbove: new(1, "4w")),
                    GateVerdict.Deny,
                    [GateAction.Deploy],
                    ["p0-fix", "security"],
                    "Fix before features."
                ),
            ],
            [
                new(
                    "black friday",
                    "2026-11-27 00:00",
                    "2026-11-30 08:00",
                    "Europe/Berlin",
                    GateVerdict.Deny,
                    [],
                    ["p0-fix"]
                ),
                new("weekends", "fri 16:00", "mon 08:00", "America/New_York", GateVerdict.Warn, [], []),
            ],
            FailureMode.Closed,
            "15m",
            "10m",
            new(true, "2h"),
            [AdjustmentCategory.CompanyNetwork, AdjustmentCategory.FrozenDependency]
        );
        Assert.Equal(Golden.Print(expected), Golden.Print(read.Terms!));
    }

    [Fact]
    public void What_is_left_out_has_a_plain_meaning()
    {
        var terms = PolicyReader
            .Read("""{"apiVersion":"steady.dev/v1","kind":"GatePolicy","metadata":{"name":"p"},"spec":{"rules":[]}}""")
            .Terms!;
        Assert.Equal(
            Golden.Print(new GatePolicyTerms(["*"], ["*"], [], [], null, null, "5m", new(true, "4h"), null)),
            Golden.Print(terms)
        );
    }

    [Theory]
    [InlineData("kind: GatePolicy", "kind: Policy", "kind", "GatePolicy")]
    [InlineData("name: production", "name: Production!", "metadata.name", "Lower-case letters")]
    [InlineData("kind: GatePolicy", "kind: GatePolicy\nextra: 1", "extra", "One of apiVersion, kind, metadata, spec.")]
    [InlineData("fail: closed", "fail: maybe", "spec.data.fail", "One of open, closed.")]
    [InlineData("staleAfter: 15m", "staleAfter: 15 min", "spec.data.staleAfter", "A number and m, h, d or w")]
    [InlineData("validFor: 10m", "validFor: 2d", "spec.validFor", "At most 1d.")]
    [InlineData("allowed: true", "allowed: perhaps", "spec.overrides.allowed", "true or false.")]
    [InlineData("[companyNetwork,", "[sunshine,", "spec.waivers[0]", "One of companyNetwork, frozenDependency")]
    [InlineData("remainingBelow: 0.1", "remainingBelow: 1.5", "spec.rules[0].when.remainingBelow", "from 0 to 1")]
    [InlineData("remainingBelow: 0.1", "remainingBelow: 0.12345678", "spec.rules[0].when.remainingBelow", "6 decimals")]
    [InlineData("remainingBelow: 0.1", "exhausted: false", "spec.rules[0].when.exhausted", "true, or no such rule.")]
    [InlineData(
        "{ remainingBelow: 0.1 }",
        "{ remainingBelow: 0.1, exhausted: true }",
        "spec.rules[0].when",
        "One of exhausted"
    )]
    [InlineData("{ remainingBelow: 0.1 }", "{}", "spec.rules[0].when", "One of exhausted")]
    [InlineData("then: warn\n    - name", "then: allow\n    - name", "spec.rules[0].then", "One of warn, deny.")]
    [InlineData("within: 4w", "within: 4y", "spec.rules[1].when.spentAbove.within", "A number and m, h, d or w")]
    [InlineData("name: freeze", "name: little-left", "spec.rules", "Names that are unique")]
    [InlineData("Europe/Berlin", "Europe/Atlantis", "spec.freezes[0].timeZone", "An IANA zone")]
    [InlineData("to: 2026-11-30 08:00", "to: 2026-11-26 08:00", "spec.freezes[0].to", "A later time.")]
    [InlineData("to: mon 08:00", "to: 2026-11-30 08:00", "spec.freezes[1].to", "Local time as")]
    [InlineData("from: fri 16:00", "from: friday", "spec.freezes[1].from", "Local time as")]
    public void What_is_wrong_is_named_at_its_place(string right, string wrong, string path, string accepted)
    {
        var read = PolicyReader.Read(Whole.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(read.Terms);
        Assert.Contains(
            read.Findings,
            finding =>
                finding.Path == path
                && finding.Accepted.Contains(accepted, StringComparison.Ordinal)
                && finding.Line > 0
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("- a list")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("spec: &a [*a]")]
    public void What_is_no_document_is_a_finding(string text) => Assert.NotEmpty(PolicyReader.Read(text).Findings);

    [Fact]
    public void A_bottomless_document_is_refused_before_it_is_loaded() =>
        Assert.Contains(
            "nested",
            PolicyReader.Read(new string('[', 200_000)).Findings[0].Message,
            StringComparison.Ordinal
        );
}
