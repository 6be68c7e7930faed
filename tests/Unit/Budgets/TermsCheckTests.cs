using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class TermsCheckTests
{
    private static readonly ObjectiveTerms Fine = BudgetTerms.Rolling(0.999m, "30d");

    [Fact]
    public void Usual_terms_are_fine()
    {
        Assert.Empty(TermsCheck.Of(Fine));
        Assert.Empty(
            TermsCheck.Of(Fine with { Windows = [new("1M", new("2026-01-31", "Europe/Berlin")), new("28d")] })
        );
        Assert.Empty(
            TermsCheck.Of(Fine with { Method = BudgetingMethod.Timeslices, Slice = new(60, 0.95m, NoDataRule.Good) })
        );
    }

    [Fact]
    public void A_factor_that_can_never_be_exceeded_is_refused_with_its_derivation()
    {
        var finding = Assert.Single(
            TermsCheck.Of(Fine with { Target = 0.9m, Rules = [new(BurnSeverity.Page, "1h", "5m", 14.4m)] })
        );
        Assert.Equal(
            (
                "rules[0].factor",
                "90 % may burn at most 10x; 14.4x can never be exceeded. A total outage of 1h spends 1.39 % of the budget.",
                "Below 10."
            ),
            (finding.Path, finding.Message, finding.Accepted)
        );
    }

    [Fact]
    public void A_target_so_low_that_no_page_could_ever_open_is_refused() =>
        Assert.StartsWith(
            "No page could ever open. 10 % may burn at most 1.1111x; 6x can never be exceeded.",
            Assert.Single(TermsCheck.Of(Fine with { Target = 0.1m })).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Usual_pairs_that_do_not_apply_are_named_with_the_reason() =>
        Assert.Equal(
            [
                "1h/5m: 90 % may burn at most 10x; 14.4x can never be exceeded. A total outage of 1h spends 1.39 % of the budget.",
            ],
            Derivations.LeftOut(Fine with { Target = 0.9m })
        );

    [Fact]
    public void A_factor_is_derived_in_words() =>
        Assert.Equal(
            "14.4x = 2 % of the budget · 30d / 1h; above it fails more than 14.4 · 0.1 % = 1.44 %.",
            Derivations.Sentence(Fine, AlertPairs.Of(Fine)[0])
        );

    [Fact]
    public void Everything_that_cannot_be_computed_is_told_at_its_place()
    {
        var wrong = new ObjectiveTerms(
            1.5m,
            BudgetingMethod.Timeslices,
            [new("1M"), new("7x"), new("1h", new("nonsense", "Mars/Olympus"))],
            new(45, 2m, NoDataRule.Bad),
            null,
            new(-1),
            -5
        );
        Assert.Equal(
            [
                "target",
                "slice.seconds",
                "slice.target",
                "windows[0].duration",
                "windows[1].duration",
                "windows[2].calendar.start",
                "windows[2].calendar.timeZone",
                "guard",
                "gapMinutes",
            ],
            TermsCheck.Of(wrong).Select(finding => finding.Path)
        );
        Assert.Equal(
            ["rules[0]", "rules[1]", "rules[1].factor", "rules[2]"],
            TermsCheck
                .Of(
                    Fine with
                    {
                        Rules =
                        [
                            new(BurnSeverity.Page, "1M", "5m", 2),
                            new(BurnSeverity.Page, "5m", "1h", 0),
                            new(BurnSeverity.Page, "31d", "1h", 2),
                        ],
                    }
                )
                .Select(finding => finding.Path)
        );
        Assert.Equal(
            ["slice"],
            TermsCheck.Of(Fine with { Slice = new(60, 0.9m, NoDataRule.Good) }).Select(finding => finding.Path)
        );
    }
}
