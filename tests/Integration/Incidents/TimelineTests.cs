using System.Net.Http.Json;
using System.Text.Json;
using JasperFx.Events.Daemon;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>One story from three services, whatever order the messages come in.</summary>
public sealed class TimelineTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_late_and_out_of_order_stands_at_its_place_once_with_both_clocks()
    {
        var incident = await platform.Declare("checkout", Noon);
        var alert = Messages.Alert("checkout", Noon.AddMinutes(1)) with { Severity = BurnSeverity.Ticket };
        var alertMessage = Guid.CreateVersion7(Noon);
        var (started, injected) = Run(Noon);

        await platform.Publish(injected);
        await platform.Publish(alert, alertMessage);
        await platform.Publish(started);
        await platform.Publish(alert, alertMessage);
        await platform.Publish(Gate("mail", Noon));
        await platform.Publish(Gate("checkout", Noon.AddMinutes(-31)));
        await platform.Publish(Gate("checkout", Noon.AddMinutes(2)));

        var page = await Entries(incident, 5);

        Assert.Equal(
            ["run-started", "fault-injected", "burn-alert-opened", "gate-decided", "incident-declared"],
            page.Select(e => e.Kind)
        );
        Assert.Equal(["experiments", "experiments", "budgets", "budgets", "incidents"], page.Select(e => e.Source));
        var opened = page[2];
        Assert.Equal(alertMessage, opened.Id);
        Assert.Equal((alert.AlertId, "bo"), (opened.SubjectId!.Value, opened.Actor));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", opened.TraceId);
        Assert.Equal(alert.At, opened.OccurredAt);
        Assert.True(opened.RecordedAt > opened.OccurredAt);
        Assert.Equal("Rung 1: 200 ms latency in place on checkout->ledger (slow-ledger).", page[1].Text);
        Assert.Equal(32, page[4].TraceId?.Length);
    }

    [Fact]
    public async Task Known_at_answers_with_what_had_been_recorded_by_then()
    {
        var incident = await platform.Declare("search", Noon);
        await platform.Publish(Gate("search", Noon.AddMinutes(3)));
        var before = await Entries(incident, 2);
        var known = before.Max(e => e.RecordedAt);

        await platform.Publish(Gate("search", Noon.AddMinutes(1)));
        await Note(incident.Id, "Seen by a customer", Noon.AddMinutes(2));
        var now = await Entries(incident, 4);

        Assert.Equal(Noon.AddMinutes(1), now[0].OccurredAt);
        Assert.Equal("Seen by a customer", now[1].Text);
        var then = await platform.Timeline($"incident={incident.Id}&knownAt={known:yyyy-MM-ddTHH:mm:ss.ffffffZ}");
        Assert.Equal(Print(before), Print(then.Items));
    }

    [Fact]
    public async Task What_names_the_incident_belongs_to_it_whenever_it_happened()
    {
        var incident = await platform.Declare("billing", Noon);
        await platform.Publish(Spend("billing", CauseKind.Incident, incident.Id, Noon.AddDays(40)));
        var page = await Entries(incident, 2);
        Assert.Equal(incident.Id, page.Single(e => e.Kind == "spend-attributed").IncidentId);

        var other = await platform.Declare("billing", Noon);
        await Entries(other, 1);
        Assert.Equal(2, (await Entries(incident, 2)).Count);
    }

    [Fact]
    public async Task A_policy_that_is_for_nobody_is_taken_and_stands_on_no_timeline()
    {
        var taken = new Taken<PolicyChanged>();
        using var watching = platform.Service.Services.GetRequiredService<IBus>().ConnectConsumeMessageObserver(taken);
        await platform.Publish(new PolicyChanged("production", 3, false, "ana", Noon));
        await taken.Done.Task.WaitAsync(Stop);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat_also_where_moments_are_equal()
    {
        var incident = await platform.Declare("pages", Noon);
        for (var i = 0; i < 11; i++)
            await Note(incident.Id, $"Note {i}", Noon);
        var whole = await Entries(incident, 12);

        var paged = new List<TimelineEntry>();
        string? next = null;
        do
        {
            var page = await platform.Timeline($"incident=INC-{incident.Number}&limit=5{next}");
            paged.AddRange(page.Items);
            next = page.Next is null ? null : $"&after={page.Next}";
        } while (next is not null);

        Assert.Equal(Print(whole), Print(paged));
    }

    [Fact]
    public async Task A_service_has_a_timeline_of_its_own_with_its_incidents()
    {
        await platform.Declare("orders", Noon);
        await platform.Publish(Gate("orders", Noon.AddMinutes(1)));
        await Eventually.Holds(async () => (await Read()).Count == 2, "Gate and incident of the service");
        Assert.Equal(["gate-decided", "incident-declared"], (await Read()).Select(e => e.Kind));

        async Task<IReadOnlyList<TimelineEntry>> Read() =>
            (await platform.Timeline("service=orders&from=2026-11-20T00:00:00Z")).Items;
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_rows()
    {
        var incident = await platform.Declare("rebuilt", Noon);
        await platform.Publish(Gate("rebuilt", Noon));
        await Note(incident.Id, "Before the rebuild", Noon);
        var note = (await Entries(incident, 3)).Single(entry => entry.Kind == "note-added");
        await platform.Ana.PostAsJsonAsync(
            $"/v1/entries/{note.Id}/amendments",
            new AmendEntry("Said better", "Long before the rebuild", OccurredAt: Noon.AddMinutes(-1)),
            Json.Options,
            Stop
        );
        await Entries(incident, 4);
        var before = await Rows();

        var daemon = platform
            .Service.Services.GetRequiredService<Marten.Events.Daemon.Coordination.IProjectionCoordinator>()
            .DaemonForMainDatabase();
        await daemon.RebuildProjectionAsync("timeline-entries", TimeSpan.FromMinutes(1), Stop);
        await daemon.StartAgentAsync("timeline-entries:All", Stop);

        Assert.Equal(before, await Rows());
        await Note(incident.Id, "After the rebuild", Noon);
        await Entries(incident, 5);
    }

    [Fact]
    public async Task The_feed_tells_what_is_announced()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed");
        using var answer = await platform.Ana.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        await reader.ReadLineAsync(Stop);
        var incident = await platform.Declare("live", Noon);
        for (; ; )
        {
            var line = await reader.ReadLineAsync(Stop);
            if (line is not null && line.Contains(incident.Id.ToString(), StringComparison.Ordinal))
            {
                Assert.Contains("incidents.incident-declared", line, StringComparison.Ordinal);
                return;
            }
        }
    }

    private static (RunStarted, FaultInjected) Run(DateTimeOffset before)
    {
        var run = Guid.CreateVersion7(before);
        IReadOnlyList<string> radius = ["checkout", "ledger"];
        var slow = new Rung(FaultKind.Latency, 200);
        return (
            new(run, run, "slow-ledger", "checkout->ledger", radius, "bo", before.AddMinutes(-6)),
            new(run, "slow-ledger", radius, "checkout->ledger", 1, slow, "bo", before.AddMinutes(-5))
        );
    }

    private static GateDecided Gate(string service, DateTimeOffset at) =>
        new(
            new GateDecision(
                Guid.CreateVersion7(at),
                service,
                GateAction.Deploy,
                "release-7",
                "production",
                GateVerdict.Deny,
                false,
                ["The budget is exhausted."],
                0m,
                [],
                at,
                at,
                "cd"
            )
        );

    private static SpendAttributed Spend(string service, CauseKind kind, Guid cause, DateTimeOffset at) =>
        new(Guid.CreateVersion7(at), "availability", service, kind, cause, "Nobody can pay", at, at, 70, 0.25m, at);

    private static IEnumerable<string> Print(IEnumerable<TimelineEntry> entries) =>
        entries.Select(e => JsonSerializer.Serialize(e, Json.Options));

    private async Task Note(Guid incident, string text, DateTimeOffset at) =>
        (
            await platform.Ana.PostAsJsonAsync(
                $"/v1/incidents/{incident}/notes",
                new AddNote(text, at),
                Json.Options,
                Stop
            )
        ).EnsureSuccessStatusCode();

    // Rows follow their events by a moment.
    private async Task<IReadOnlyList<TimelineEntry>> Entries(IncidentView incident, int count)
    {
        IReadOnlyList<TimelineEntry> found = [];
        await Eventually.Holds(
            async () => (found = (await platform.Timeline($"incident={incident.Id}")).Items).Count >= count,
            $"{count} entries on {incident.Service}"
        );
        Assert.Equal(count, found.Count);
        return found;
    }

    private async Task<IReadOnlyList<string>> Rows()
    {
        var database = platform.Service.Services.GetRequiredService<NpgsqlDataSource>();
        await using var query = database.CreateCommand(
            """
            select * from (
              select p::text as row from incidents.timeline_places p union all
              select e::text from incidents.timeline_entries e union all
              select m::text from incidents.timeline_mark m) rows
            order by row
            """
        );
        await using var reader = await query.ExecuteReaderAsync(Stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(Stop))
            rows.Add(reader.GetString(0));
        Assert.NotEmpty(rows);
        return rows;
    }

    private sealed class Taken<T> : IConsumeMessageObserver<T>
        where T : class
    {
        public TaskCompletionSource Done { get; } = new();

        public Task PreConsume(ConsumeContext<T> context) => Task.CompletedTask;

        public Task PostConsume(ConsumeContext<T> context)
        {
            Done.TrySetResult();
            return Task.CompletedTask;
        }

        public Task ConsumeFault(ConsumeContext<T> context, Exception exception)
        {
            Done.TrySetException(exception);
            return Task.CompletedTask;
        }
    }
}
