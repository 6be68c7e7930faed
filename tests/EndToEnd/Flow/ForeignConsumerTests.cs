using System.Text.Json;
using RabbitMQ.Client;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

[Collection(nameof(Platform))]
public sealed class ForeignConsumerTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_knows_only_AMQP_reads_IncidentDeclared_as_JSON()
    {
        await using var connection = await new ConnectionFactory { Uri = platform.Bus }.CreateConnectionAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Stop)).QueueName;
        await channel.QueueBindAsync(queue, "incidents.incident-declared", "", cancellationToken: Stop);

        var declared = await platform.Door.Incidents.Declare(
            new DeclareIncident("search", Severity.Sev3, "Search is slow"),
            stop: Stop
        );

        var message = await Eventually.Answers(
            async () => await channel.BasicGetAsync(queue, autoAck: true, Stop),
            got => got is not null
        );
        Assert.Equal("application/json", message!.BasicProperties.ContentType);
        using var body = JsonDocument.Parse(message.Body);
        Assert.Equal(declared.Id, body.RootElement.GetProperty("incidentId").GetGuid());
        Assert.Equal("search", body.RootElement.GetProperty("service").GetString());
        Assert.Equal("sev3", body.RootElement.GetProperty("severity").GetString());
        Assert.True(Guid.TryParse(message.BasicProperties.MessageId, out _));
    }
}
