using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Catalog;

/// <summary>What teams write down of their services.</summary>
public sealed class CatalogTextTests
{
    private const string Shop = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: checkout
          title: Checkout
          description: Takes the money.
          annotations:
            steady.dev/tier: "1"
            steady.dev/public: "true"
            soft.steady.dev/reviews: The page is shown without reviews.
            github.com/project-slug: shop/checkout
          tags: [java]
        spec:
          type: service
          lifecycle: production
          owner: group:default/payments
          system: shop
          dependsOn:
            - component:default/ledger
            - resource:orders-db
            - reviews
          providesApis: [checkout-api]
          consumesApis: [rates-api]
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: { name: payments }
        spec: { type: team, children: [], members: [ana, bo] }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: { name: ana }
        spec: { memberOf: [payments] }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Spaceship
        metadata: { name: x }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Resource
        metadata: { name: orders-db, namespace: other }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata: { name: rates-api }
        spec: { type: openapi, lifecycle: production, owner: user:cleo, definition: "openapi: 3.1.0" }
        """;

    [Fact]
    public void A_catalog_of_backstage_is_read_and_what_is_of_no_use_is_named()
    {
        var read = CatalogText.Read(Shop);
        Assert.Empty(read.Findings);
        Assert.Equal(
            [
                (CatalogKind.Component, "checkout", 1),
                (CatalogKind.Group, "payments", 2),
                (CatalogKind.Api, "rates-api", 6),
            ],
            read.Documents.Select(one => (one.Kind, one.Name, one.Number))
        );
        Assert.Equal(
            [("User", 3), ("Spaceship", 4), ("Resource", 5)],
            read.Ignored.Select(one => (one.Kind, one.Document))
        );
        Assert.All(read.Ignored, one => Assert.True(one.Line > 25 && one.Reason.EndsWith('.')));
    }

    [Fact]
    public void Annotations_say_what_backstage_has_no_word_for()
    {
        var checkout = CatalogText.Read(Shop).Documents[0].Entry;
        Assert.Equal(
            ("Checkout", "payments", "shop", "service", "production", 1, true),
            (
                checkout.Title,
                checkout.Owner,
                checkout.System,
                checkout.Type,
                checkout.Lifecycle,
                checkout.Tier,
                checkout.IsPublic
            )
        );
        Assert.Equal(
            [
                new("ledger"),
                new("orders-db", CatalogKind.Resource),
                new("reviews", CatalogKind.Component, DependencyStrength.Soft, "The page is shown without reviews."),
                new("rates-api", CatalogKind.Api),
            ],
            checkout.DependsOn!
        );
        var read = CatalogText.Read(Shop);
        Assert.Equal(["ana", "bo"], read.Documents[1].Entry.Members);
        Assert.Equal("user:cleo", read.Documents[2].Entry.Owner);
    }

    [Theory]
    [InlineData("steady.dev/tier: 2", "steady.dev/public: Payments")]
    [InlineData("steady.dev/tier: '2'", "steady.dev/public: 'Payments'")]
    public void What_is_public_may_have_a_name_of_its_own_and_numbers_need_no_quotes(string tier, string name)
    {
        var entry = CatalogText.Read(Component($"annotations: {{ {tier}, {name} }}")).Documents[0].Entry;
        Assert.Equal((2, true, "Payments"), (entry.Tier, entry.IsPublic, entry.Title));
        Assert.False(
            CatalogText.Read(Component("annotations: { steady.dev/public: false }")).Documents[0].Entry.IsPublic
        );
    }

    [Theory]
    [InlineData("kind: Component", "apiVersion", 1)]
    [InlineData("apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { title: x }", "metadata.name", 1)]
    [InlineData("apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a b", "metadata.name", 4)]
    [InlineData(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\nspec:\n  dependsOn: ['user:ana']",
        "spec.dependsOn[0]",
        6
    )]
    [InlineData(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\nspec:\n  dependsOn: [a]",
        "dependsOn[0]",
        1
    )]
    [InlineData(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\n  annotations:\n    steady.dev/tier: gold",
        "metadata.annotations['steady.dev/tier']",
        6
    )]
    [InlineData(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: a\n  annotations:\n    steady.dev/public: 'true'",
        "isPublic",
        1
    )]
    [InlineData("a: [", "", 2)]
    [InlineData("", "", 0)]
    public void What_is_wrong_is_told_with_its_place(string text, string path, int line)
    {
        var finding = Assert.Single(CatalogText.Read(text).Findings);
        Assert.Equal((path, line), (finding.Path, finding.Line));
        Assert.NotEmpty(finding.Message);
    }

    [Fact]
    public void Every_mistake_of_every_document_is_told_at_once()
    {
        var read = CatalogText.Read($"{Component("title: One")}\n---\nkind: Component\n---\n{Component("title: Two")}");
        Assert.Equal(["documents[1].apiVersion", "metadata.name"], read.Findings.Select(one => one.Path));
        Assert.Contains("2 times", read.Findings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_read_as_well()
    {
        var read = CatalogText.Read(
            """{"apiVersion":"backstage.io/v1alpha1","kind":"System","metadata":{"name":"shop"},"spec":{"owner":"payments"}}""",
            json: true
        );
        Assert.Equal(
            (CatalogKind.System, "shop", "payments"),
            (read.Documents[0].Kind, read.Documents[0].Name, read.Documents[0].Entry.Owner)
        );
    }

    [Fact]
    public void What_a_text_may_ask_of_the_reader_is_bounded()
    {
        Assert.NotEmpty(CatalogText.Read(new string('[', 100_000)).Findings);
        Assert.NotEmpty(CatalogText.Read(new string('a', 2_000_000)).Findings);
        Assert.NotEmpty(
            CatalogText
                .Read(
                    "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]"
                )
                .Findings
        );
    }

    private static string Component(string metadata) =>
        $"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: checkout\n  {metadata}\nspec: {{ type: service }}";
}
