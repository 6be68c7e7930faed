using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What is redacted can be read nowhere, not even in a dump of the database, and its place stays.</summary>
public sealed class RedactionTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_words_of_an_entry_and_of_all_its_versions_are_gone_for_good()
    {
        var incident = await platform.Declare("redacted", Noon);
        var sent = new RecordEntry("chat", "Call Zebediah at 555.", Noon, Labels: Label("Quagmire"));
        var id = await Write(incident.Id, sent);
        await Post(platform.Ana, $"/v1/entries/{id}/amendments", new AmendEntry("Spelling", "Call Zebedaios at 555."));
        await Says(incident.Id, id, "Call Zebedaios at 555.");
        Assert.Contains("Zebed", await Dump("incidents.timeline_*"), StringComparison.Ordinal);
        Assert.DoesNotContain("Zebed", await Dump("incidents.mt_*"), StringComparison.Ordinal);

        using var reader = platform.Service.Client("incidents:write incidents:read", "cleo");
        Assert.Equal(HttpStatusCode.Forbidden, await Redact(reader, id));
        Assert.Equal(HttpStatusCode.NoContent, await Redact(platform.Ana, id));
        Assert.Equal(HttpStatusCode.NoContent, await Redact(platform.Ana, id));

        await Says(incident.Id, id, "[redacted]");
        var history = await platform.Get<EntryHistory>($"/v1/entries/{id}/versions");
        Assert.Equal(["[redacted]", "[redacted]"], history.Versions.Select(version => version.Entry.Text));
        Assert.Single(await Page(incident.Id), entry => entry.Kind == "entry-redacted" && entry.Corrects == id);
        foreach (var word in (string[])["Zebed", "Quagmire"])
            Assert.DoesNotContain(word, await Dump("*.*"), StringComparison.Ordinal);
        using var late = await platform.Ana.PostAsJsonAsync(
            $"/v1/entries/{id}/amendments",
            new AmendEntry("x", "y"),
            Json.Options,
            Stop
        );
        Assert.Contains("entry-redacted", await late.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_a_person_wrote_is_gone_and_what_they_write_later_is_not()
    {
        var incident = await platform.Declare("leaver", Noon);
        using var dora = platform.Service.Client("incidents:write", "dora");
        await Post(dora, $"/v1/incidents/{incident.Id}/notes", new AddNote("My number is Xylophone."));
        await Post(platform.Ana, $"/v1/incidents/{incident.Id}/notes", new AddNote("Dora has a number."));
        await Eventually.Holds(async () => (await Page(incident.Id)).Count == 3, "Both notes");

        await Post(platform.Ana, "/v1/people/dora/redactions", new RedactEntry("Dora asked for it"));
        await Eventually.Holds(
            async () => (await Page(incident.Id)).Any(entry => entry is { Actor: "dora", Text: "[redacted]" }),
            "Dora's note"
        );
        Assert.Contains(await Page(incident.Id), entry => entry.Text == "Dora has a number.");
        Assert.DoesNotContain("Xylophone", await Dump("*.*"), StringComparison.Ordinal);

        await Post(dora, $"/v1/incidents/{incident.Id}/notes", new AddNote("I am back."));
        await Eventually.Holds(
            async () => (await Page(incident.Id)).Any(entry => entry.Text == "I am back."),
            "What Dora writes later"
        );
    }

    [Fact]
    public async Task The_chain_holds_after_a_redaction_and_tells_what_was_changed_behind_its_back()
    {
        var incident = await platform.Declare("proof", Noon);
        var id = await Write(incident.Id, new RecordEntry("chat", "Something.", Noon));
        await Says(incident.Id, id, "Something.");
        var before = await platform.Get<TimelineProof>("/v1/timeline/proof");
        await Redact(platform.Ana, id);
        await Says(incident.Id, id, "[redacted]");
        var after = await platform.Get<TimelineProof>("/v1/timeline/proof");
        Assert.True(before.Holds && after.Holds);
        Assert.True(after.Events > before.Events && after.Through > before.Through);
        Assert.NotEqual(before.Head, after.Head);

        await using var database = NpgsqlDataSource.Create(Database);
        await using var forge = database.CreateCommand(
            """
            update incidents.mt_events set data = jsonb_set(data, '{title}', '"Nothing happened"')
            where stream_id = $1 and version = 1 returning seq_id
            """
        );
        forge.Parameters.AddWithValue(incident.Id);
        var forged = (long)(await forge.ExecuteScalarAsync(Stop))!;
        var broken = await platform.Get<TimelineProof>("/v1/timeline/proof");
        Assert.Equal((false, forged), (broken.Holds, broken.BrokenAt!.Value));
    }

    [Fact]
    public async Task An_append_that_failed_stops_neither_the_timeline_nor_the_chain()
    {
        var incident = await platform.Declare("collision", Noon);
        var store = platform.Service.Services.GetRequiredService<IDocumentStore>();
        foreach (var fails in (bool[])[false, true])
        {
            await using var session = store.LightweightSession();
            session.Events.Append(incident.Id, new Steady.Incidents.Response.IncidentClosed("collision", "ana", Noon));
            session.Insert(new Receipt("once", Noon));
            if (fails)
                await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync(Stop));
            else
                await session.SaveChangesAsync(Stop);
        }

        var id = await Write(incident.Id, new RecordEntry("chat", "Afterwards.", Noon));
        await Says(incident.Id, id, "Afterwards.");
        await using var database = NpgsqlDataSource.Create(Database);
        await using var count = database.CreateCommand(
            "select count(*) from incidents.mt_events where not isfinite(timestamp)"
        );
        Assert.True(
            (long)(await count.ExecuteScalarAsync(Stop))! > 0,
            "The store left nothing in the place of what failed."
        );
        await using var chain = database.CreateCommand(
            """
            select max(through_seq) > (select max(seq_id) from incidents.mt_events where not isfinite(timestamp))
            from incidents.timeline_chain
            """
        );
        Assert.True((bool)(await chain.ExecuteScalarAsync(Stop))!);
    }

    private string Database =>
        platform.Service.Services.GetRequiredService<IConfiguration>().GetConnectionString("incidents")!;

    private async Task<Guid> Write(Guid incident, RecordEntry entry)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident}/entries",
            entry,
            Json.Options,
            Stop
        );
        return (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop))!.Ids.Single();
    }

    private static async Task Post<T>(HttpClient client, string address, T command)
    {
        using var answer = await client.PostAsJsonAsync(address, command, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<HttpStatusCode> Redact(HttpClient client, Guid id)
    {
        var command = new RedactEntry("It named a customer");
        using var answer = await client.PostAsJsonAsync($"/v1/entries/{id}/redactions", command, Json.Options, Stop);
        return answer.StatusCode;
    }

    private Task Says(Guid incident, Guid id, string text) =>
        Eventually.Holds(
            async () => (await Page(incident)).Any(entry => entry.Id == id && entry.Text == text),
            $"An entry that says '{text}'"
        );

    private async Task<IReadOnlyList<TimelineEntry>> Page(Guid incident) =>
        (await platform.Timeline($"incident={incident}")).Items;

    private static Dictionary<string, string> Label(string value) => new() { ["customer"] = value };

    // Every row of these tables, as the server's own dump writes it.
    private async Task<string> Dump(string tables)
    {
        var database = new NpgsqlConnectionStringBuilder(Database);
        var start = new ProcessStartInfo("pg_dump")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--data-only",
                $"--host={database.Host}",
                $"--port={database.Port}",
                $"--username={database.Username}",
                $"--table={tables}",
                database.Database!,
            },
            Environment = { ["PGPASSWORD"] = database.Password },
        };
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync(Stop);
        await dump.WaitForExitAsync(Stop);
        Assert.Equal(0, dump.ExitCode);
        Assert.NotEmpty(text);
        return text;
    }
}
