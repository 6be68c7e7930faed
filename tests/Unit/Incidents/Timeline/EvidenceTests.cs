using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;
using Steady.Tests.Unit.Wire;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Timeline;

public sealed class EvidenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Incident = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Actor Ana = new("ana");

    [Fact]
    public void Evidence_is_the_writers_and_stands_on_its_incident_and_service()
    {
        var (entry, wrong) = Evidence.Read(
            new RecordEntry("deploy", " release-7 went out. ", Now.AddMinutes(-5), Author: "bo"),
            Incident,
            "checkout",
            Ana,
            Now
        );
        Assert.Empty(wrong);
        Assert.Equal(
            ("api", "deploy", "release-7 went out.", "ana"),
            (entry.Source, entry.Kind, entry.Text, entry.Actor)
        );
        Assert.Equal((Incident, "checkout"), (entry.IncidentId!.Value, entry.Services.Single()));
        Assert.Equal("bo", entry.Labels![Evidence.Author]);
    }

    [Fact]
    public void What_is_wrong_is_named_by_field()
    {
        var sent = new RecordEntry(
            "Deploy!",
            " ",
            Now.AddHours(1),
            Now,
            Source: "budgets",
            TraceId: new string('x', 32),
            Labels: new Dictionary<string, string> { [""] = "x" },
            Links: [new("ftp://x")]
        );
        Assert.Equal(
            ["kind", "labels.", "links", "occurredAt", "occurredUntil", "services", "source", "text", "traceId"],
            Evidence.Read(sent, null, null, Ana, Now).Wrong.Select(one => one.Field).Order()
        );
    }

    [Theory]
    [InlineData("incident-resolved")]
    [InlineData("burn-alert-opened")]
    [InlineData("fault-injected")]
    [InlineData("note-added")]
    public void Nobody_tells_what_the_platform_tells_of_itself(string kind) =>
        Assert.Equal(
            "kind",
            Evidence.Read(new RecordEntry(kind, "It is over."), Incident, "checkout", Ana, Now).Wrong.Single().Field
        );

    [Fact]
    public void Everything_the_platform_tells_is_of_a_known_sort()
    {
        var told = Samples
            .Incidents.Where(sample => sample is not EntryRecorded)
            .Where(sample => OwnSentences.Of(Incident, sample) is not null)
            .Select(sample => Bus.ExchangeOf(sample.GetType()).Split('.')[1]);
        var announced = Steady
            .Contracts.Subscriptions.Queues[Steady.Contracts.Subscriptions.Timeline]
            .Select(type => Bus.ExchangeOf(type).Split('.')[1]);
        Assert.All(told.Concat(announced), kind => Assert.Contains(Categories.Of(kind), Categories.All));
    }

    [Theory]
    [InlineData("deploy", "deploy")]
    [InlineData("change", "deploy")]
    [InlineData("act", "action")]
    [InlineData("incident-reopened", "status")]
    [InlineData("com.example.build", "com.example.build")]
    public void A_kind_that_belongs_to_no_sort_is_its_own(string kind, string category) =>
        Assert.Equal(category, Categories.Of(kind));
}
