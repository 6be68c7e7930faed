using Microsoft.Playwright;
using Npgsql;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Steady.Tests.Browser;

/// <summary>What was changed behind the platform's back is told, and what was put back holds again.</summary>
public sealed class ProofPageTests(Stage stage) : PageTests(stage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task An_event_that_was_changed_in_the_database_is_named(ColorScheme colours)
    {
        var incident = await Stage.Declare($"It is forged in {colours}");
        await Eventually.Answers(
            () => Stage.Platform.Door.Incidents.Ask("", incident: $"{incident.Id}", stop: Stop),
            answer => answer.Items.Count > 0
        );
        await using var database = NpgsqlDataSource.Create(Stage.Platform.Database("incidents") + ";Pooling=false");
        var stored = await Value<string>(
            database,
            "select data::text from incidents.mt_events where stream_id = $1 and version = 1",
            incident.Id
        );
        const string put =
            "update incidents.mt_events set data = $2::jsonb where stream_id = $1 and version = 1 returning seq_id";

        var forged = await Value<long>(
            database,
            put,
            incident.Id,
            stored.Replace("forged", "true", StringComparison.Ordinal)
        );
        try
        {
            var page = await SignedIn("/timeline/proof", colours);
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"Event {forged} is gone or was changed");
            await Expect(page.Locator(".head")).ToContainTextAsync("Broken");
            Assert.Empty(await Stage.Violations(page));
            await Fits(page);
        }
        finally
        {
            await Value<long>(database, put, incident.Id, stored);
        }

        var again = await SignedIn("/timeline/proof", colours);
        await Expect(again.Locator(".head")).ToContainTextAsync("It holds");
        await Expect(again.Locator("main")).ToContainTextAsync("events are as they were stored");
    }

    private static async Task<T> Value<T>(NpgsqlDataSource database, string sql, params object[] given)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var one in given)
            command.Parameters.Add(new NpgsqlParameter { Value = one });
        return (T)(await command.ExecuteScalarAsync(Stop))!;
    }
}
