using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Catalog;

/// <summary>What may stand in the catalog.</summary>
public sealed class CataloguingTests
{
    private static readonly SetCatalogEntry Entry = new("Checkout", DependsOn: [new("ledger")]);
    private static readonly CatalogEntrySet Set = new(CatalogKind.Component, "checkout", Entry, "ana", Noon);
    private static readonly CatalogEntryRemoved Removed = new(CatalogKind.Component, "checkout", "bo", Now);

    [Fact]
    public void What_is_said_again_changes_nothing_and_what_is_new_is_kept_whole()
    {
        Given<CatalogEntry>(Set)
            .When(stands => Setting(stands, Entry with { DependsOn = [new("ledger")] }))
            .ThenNothing();
        var other = Entry with { Tier = 1 };
        Given<CatalogEntry>(Set)
            .When(stands => Setting(stands, other))
            .Then(Set with { Entry = other, By = "bo", At = Now });
    }

    [Fact]
    public void What_was_taken_out_may_come_back()
    {
        Given<CatalogEntry>(Set).When(stands => Cataloguing.Remove(stands, Bo, Now)).Then(Removed);
        Given<CatalogEntry>(Set, Removed).When(stands => Cataloguing.Remove(stands, Bo, Now)).ThenNothing();
        Given<CatalogEntry>(Set, Removed).When(stands => Setting(stands, Entry)).Then(Set with { By = "bo", At = Now });
        Assert.Equal(CatalogChangeKind.Added, Cataloguing.ChangeOf(Fold<CatalogEntry>(Set, Removed), Entry));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("a", true)]
    [InlineData("Checkout_v2.eu-west", true)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void Names_are_those_of_backstage(string name, bool fits) => Assert.Equal(fits, Cataloguing.IsName(name));

    [Fact]
    public void Names_end_at_63_characters()
    {
        Assert.True(Cataloguing.IsName(new string('a', 63)));
        Assert.False(Cataloguing.IsName(new string('a', 64)));
    }

    [Fact]
    public void What_is_needed_softly_has_a_fallback_and_what_is_needed_hard_has_none()
    {
        var wrong = Cataloguing
            .Check(
                CatalogKind.Component,
                "checkout",
                new(
                    DependsOn:
                    [
                        new("a", Strength: DependencyStrength.Soft),
                        new("b", Fallback: "Without."),
                        new("checkout"),
                        new("c"),
                        new("c"),
                        new("c", CatalogKind.Resource),
                    ],
                    Members: ["ana"]
                )
            )
            .Select(one => one.Field);
        Assert.Equal(["members", "dependsOn[0].fallback", "dependsOn[1].fallback", "dependsOn[2]", "dependsOn"], wrong);
    }

    [Fact]
    public void Who_is_needed_knows_by_whom()
    {
        var ledger = Fold<CatalogEntry>(new CatalogEntrySet(CatalogKind.Component, "ledger", new(), "ana", Noon))!;
        var checkout = Fold<CatalogEntry>(Set)!;
        Assert.Equal(["checkout"], ledger.View([ledger, checkout]).DependedOnBy);
        Assert.Empty(ledger.View([ledger, Fold<CatalogEntry>(Set, Removed)!]).DependedOnBy);
        Assert.Empty(checkout.View([ledger, checkout]).DependedOnBy);
    }

    [Fact]
    public void What_is_named_and_not_known_is_told()
    {
        var entry = new SetCatalogEntry(
            Owner: "payments",
            System: "shop",
            DependsOn: [new("ledger"), new("db", CatalogKind.Resource)]
        );
        var told = Cataloguing
            .Unknown(CatalogKind.Component, "checkout", entry, (kind, name) => name is "ledger")
            .ToList();
        Assert.Equal(3, told.Count);
        Assert.Empty(Cataloguing.Unknown(CatalogKind.Component, "checkout", new(Owner: "user:ana"), (_, _) => false));
    }

    private static Decision Setting(CatalogEntry stands, SetCatalogEntry entry) =>
        Cataloguing.Set(stands, CatalogKind.Component, "checkout", entry, Bo, Now);
}
