using Steady.Tests.Integration.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Runs the examples of docs/budgets-intake.md against the real service.</summary>
public sealed class IntakePageTests : IAsyncLifetime
{
    private readonly BudgetsService budgets = new()
    {
        Clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 5, TimeSpan.Zero)),
    };

    public ValueTask InitializeAsync() => budgets.InitializeAsync();

    public ValueTask DisposeAsync() => budgets.DisposeAsync();

    [Fact]
    public async Task Every_example_of_the_page_is_what_the_service_does()
    {
        await budgets.Define("checkout");
        await budgets.Define("ledger");
        await new Examples(budgets.Ana).Play("budgets-intake.md");
    }
}
