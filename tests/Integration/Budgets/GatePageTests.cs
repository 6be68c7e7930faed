using Steady.Tests.Integration.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Runs the examples of the pages about gates and attribution, each against a service of its own.</summary>
public sealed class GatePageTests : IAsyncLifetime
{
    private readonly BudgetsService budgets = new()
    {
        Clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 5, TimeSpan.Zero)),
    };

    public ValueTask InitializeAsync() => budgets.InitializeAsync();

    public ValueTask DisposeAsync() => budgets.DisposeAsync();

    [Theory]
    [InlineData("budgets-gates.md")]
    [InlineData("budgets-attribution.md")]
    public Task Every_example_of_the_page_is_what_the_service_does(string page) => new Examples(budgets.Ana).Play(page);
}
