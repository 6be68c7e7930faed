using System.Text.Json;
using System.Text.RegularExpressions;
using JasperFx.Events;
using Marten;
using Marten.Events;
using Steady.Contracts;
using Steady.Incidents;
using Steady.Incidents.Exchange;
using Steady.Incidents.Timeline;
using Steady.Kernel;
using Steady.Tests.Support;
using Weasel.Core;
using Xunit;
using Public = Steady.Contracts.Incidents;

namespace Steady.Tests.Unit.Wire;

/// <summary>What partners read and what is stored. A change fails until the golden file is changed on purpose.</summary>
public sealed partial class WireTests
{
    [Fact]
    public void Messages_look_as_partners_know_them() =>
        Golden.Matches(
            Samples.Messages.ToDictionary(sample => Bus.ExchangeOf(sample.GetType())),
            "tests",
            "Unit",
            "Wire",
            "contracts.golden.json"
        );

    [Fact]
    public void Every_message_reads_back_as_it_was_written()
    {
        foreach (var sample in Samples.Messages)
        {
            var json = JsonSerializer.Serialize(sample, sample.GetType(), Json.Options);
            var back = JsonSerializer.Deserialize(json, sample.GetType(), Json.Options);
            Assert.Equal(json, JsonSerializer.Serialize(back, sample.GetType(), Json.Options));
        }
    }

    [Fact]
    public void Every_event_of_the_contracts_has_a_sample()
    {
        var declared = Directory
            .EnumerateFiles(Repository.File("src", "Contracts"), "Events.cs", SearchOption.AllDirectories)
            .SelectMany(file => Declared().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        Assert.Equal(declared.Order(), Samples.Messages.Select(sample => sample.GetType().Name).Order());
    }

    [Fact]
    public void Every_queue_asks_for_messages_that_exist() =>
        Assert.All(Subscriptions.Queues.Values.SelectMany(types => types), type => Samples.Of(type));

    [Fact]
    public void Stored_events_of_incidents_look_as_they_were_stored()
    {
        // The schema is asked without a database: what name and what JSON would be stored.
        var options = new StoreOptions { DatabaseSchemaName = IncidentsSchema.Name };
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        IncidentsSchema.Configure(options, new VaultSchema("Host=127.0.0.1"));
        var stored = Samples.Incidents.ToDictionary(
            sample => ((EventGraph)options.Events).EventMappingFor(sample.GetType()).EventTypeName,
            sample => JsonSerializer.Deserialize<JsonElement>(options.Serializer().ToCleanJson(sample))
        );
        Golden.Matches(stored, "tests", "Unit", "Wire", "incidents.golden.json");
    }

    [Fact]
    public void Incidents_announces_what_is_public_and_nothing_else()
    {
        var announced = Samples
            .Incidents.Select(sample => Announcements.Announce(Stored(sample))?.GetType())
            .OfType<Type>();
        Assert.Equal(
            [
                typeof(Public.IncidentDeclared),
                typeof(Public.IncidentAcknowledged),
                typeof(Public.IncidentSeverityChanged),
                typeof(Public.IncidentMitigated),
                typeof(Public.IncidentResolved),
                typeof(Public.IncidentAccepted),
                typeof(Public.IncidentDeclined),
                typeof(Public.IncidentMerged),
                typeof(Public.IncidentReopened),
                typeof(Public.IncidentClosed),
                typeof(Public.UpdatePosted),
                typeof(Public.AlertFired),
                typeof(Public.AlertResolved),
                typeof(Public.AlertFired),
                typeof(Public.CatalogServiceSet),
                typeof(Public.CatalogServiceRemoved),
            ],
            announced
        );
    }

    private static IEvent Stored(object data) =>
        (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;

    [GeneratedRegex(@"^public sealed record (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
