using Steady.Contracts.Budgets;
using Steady.Tests.Integration.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Runs the examples of the pages about incidents against the real service.</summary>
public sealed class PageTests(Platform platform) : IClassFixture<Platform>
{
    [Fact]
    public async Task Every_example_of_the_pages_is_what_the_service_does()
    {
        await new Examples(platform.Ana).Play("incidents.md");
        var noon = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        await platform.Publish(Messages.Alert("ledger", noon.AddMinutes(2)) with { Severity = BurnSeverity.Ticket });
        await new Examples(platform.Ana).Play("timeline.md");
        await new Examples(platform.Ana).Play("timeline-evidence.md");
        await new Examples(platform.Ana).Play("timeline-queries.md");
        await new Examples(platform.Ana).Play("timeline-analysis.md");
        await new Examples(platform.Ana).Play("alerts.md");
        await new Examples(platform.Ana).Play("oncall.md");
        await new Examples(platform.Ana).Play("paging.md");
        await new Examples(platform.Ana).Play("postmortems.md");
        await new Examples(platform.Ana).Play("integrations.md");
        await new Examples(platform.Ana).Play("measures.md");
        await new Examples(platform.Ana).Play("catalog.md");
        await new Examples(platform.Ana).Play("status.md");
        await new Examples(platform.Ana).Play("private.md");
    }
}
