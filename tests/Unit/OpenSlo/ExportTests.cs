using CsCheck;
using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

/// <summary>What is written out reads back as the same.</summary>
public sealed class ExportTests
{
    private const string Sdk = "go-sdk/pkg/openslosdk/test_data";

    public static TheoryData<string> Files => Suite.Files;

    public static TheoryData<string> Mutations => Suite.Mutations;

    [Theory, MemberData(nameof(Files))]
    public void Import_and_export_are_each_others_inverse(string file) => IsKept(Suite.Document(file));

    [Theory, MemberData(nameof(Mutations))]
    public void So_are_they_for_changed_documents(string id) => IsKept(Suite.Patched(Suite.Mutation(id)));

    private static void IsKept(string document)
    {
        var first = OpenSloText.Read(document);
        if (first.Verdict is not Verdict.Valid)
            return;
        var form = first.Documents.Select(Canonical.Form).ToList();
        foreach (var text in (string[])[Export.Yaml([.. form]), Export.Json([.. form])])
        {
            var second = OpenSloText.Read(text);
            Assert.Equal(Verdict.Valid, second.Verdict);
            Assert.Equal(form.Count, second.Documents.Count);
            Assert.All(form.Zip(second.Documents), pair => Assert.True(Nodes.Same(pair.First, pair.Second.Node), text));
        }

        var again = OpenSloText.Read(Export.Yaml([.. form])).Documents.Select(Canonical.Form).ToList();
        Assert.Equal(Export.Yaml([.. form]), Export.Yaml([.. again]));
    }

    [Fact]
    public void Any_value_survives_being_written()
    {
        var scalar = Gen.OneOf<Node>(
            Gen.String.Where(IsWhole).Select(text => new TextNode(text)),
            Gen.String[Gen.Char["ab: #-|>'\"\\\n\t ynYN0159.{}[],&*!%@`~é\u2028"], 0, 12]
                .Select(text => new TextNode(text)),
            Gen.Decimal.Select(n => new NumberNode(n.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            Gen.Bool.Select(truth => new TruthNode(truth)),
            Gen.Const(new NoNode())
        );
        var any = Gen.Recursive<Node>(
            (depth, self) =>
                depth > 3
                    ? scalar
                    : Gen.OneOf(
                        scalar,
                        self.List[0, 3].Select(items => (Node)new ListNode(items)),
                        Gen.Select(Gen.OneOf(Gen.String[0, 6].Where(IsWhole), Gen.Const(new string('k', 200))), self)
                            .List[0, 3]
                            .Select(pairs =>
                                (Node)
                                    new MapNode([
                                        .. pairs
                                            .Where(pair => pair.Item1 != "<<")
                                            .DistinctBy(pair => pair.Item1)
                                            .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)),
                                    ])
                            )
                    )
        );
        any.Select(value => new MapNode([KeyValuePair.Create("value", value)]))
            .Sample(
                value =>
                {
                    var (yaml, json) = (Export.Yaml(value), Export.Json(value));
                    ReadsBack(value, yaml, Format.Yaml);
                    ReadsBack(value, json, Format.Json);
                },
                iter: 3_000
            );
    }

    [Theory]
    [InlineData("v1_alert_policies_keep_refs.yaml", false)]
    [InlineData("v1_alert_policies_remove_refs.yaml", true)]
    [InlineData("v1_slo.yaml", true)]
    public void References_are_replaced_as_the_sdk_does(string file, bool remove)
    {
        var (objects, missing) = References.Inline(Objects($"{Sdk}/inline/inputs/{file}"), remove);
        Assert.Empty(missing);
        Same(objects, $"{Sdk}/inline/outputs/{file}");
    }

    [Theory]
    [InlineData(
        "v1_alert_policies_invalid_target.yaml",
        "spec.notificationTargets[1].targetRef",
        "devs-email-notification"
    )]
    [InlineData("v1_alert_policies_invalid_condition.yaml", "spec.conditions[0].conditionRef", "cpu-usage-breach")]
    [InlineData("v1_slo_invalid_sli.yaml", "spec.indicatorRef", "no-sli")]
    [InlineData("v1_slo_invalid_policy.yaml", "spec.alertPolicies[0].alertPolicyRef", null)]
    [InlineData(
        "v1_slo_invalid_target.yaml",
        "spec.alertPolicies[0].spec.notificationTargets[1].targetRef",
        "devs-email-notification"
    )]
    public void A_reference_to_nothing_is_told_at_its_place(string file, string path, string? name)
    {
        var (_, missing) = References.Inline(Objects($"{Sdk}/inline/inputs/{file}"), remove: false);
        var found = missing.First(reference => reference.Path.EndsWith(path, StringComparison.Ordinal));
        Assert.Equal(name ?? found.Name, found.Name);
    }

    [Theory]
    [InlineData("v1_alert_policies.yaml")]
    [InlineData("v1_slo.yaml")]
    public void Inlined_objects_are_taken_out_as_the_sdk_does(string file) =>
        Same(References.Extract(Objects($"{Sdk}/export/inputs/{file}")), $"{Sdk}/export/outputs/{file}");

    private static void ReadsBack(Node value, string text, Format format)
    {
        var report = OpenSloText.Read(text, format: format);
        Assert.True(
            report.Documents.Count == 1 && Nodes.Same(value, report.Documents[0].Node),
            $"{string.Join(' ', report.Findings.Select(finding => finding.Message))}\n{text}"
        );
    }

    private static bool IsWhole(string text) =>
        !text.EnumerateRunes().Any(rune => rune.Value == 0xfffd) && text.All(c => !char.IsSurrogate(c));

    private static List<MapNode> Objects(string file) =>
        [.. OpenSloText.Read(Suite.Document(file)).Documents.Select(document => (MapNode)document.Node)];

    private static void Same(IReadOnlyList<MapNode> actual, string file)
    {
        var expected = OpenSloText.Read(Suite.Document(file)).Documents.Select(Canonical.Meaning).ToList();
        var meant = OpenSloText.Judge(actual, Mode.Strict).Documents.Select(Canonical.Meaning).ToList();
        Assert.Equal(expected.Select(Export.Compact), meant.Select(Export.Compact));
    }
}
