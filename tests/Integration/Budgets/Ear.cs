using System.Text.Json;
using RabbitMQ.Client;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>A foreign client that hears what is announced.</summary>
internal sealed class Ear(IConnection connection, IChannel channel, string queue) : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Ear> On(string bus, params string[] exchanges)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(bus) }.CreateConnectionAsync(Stop);
        var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Stop)).QueueName;
        foreach (var exchange in exchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, "fanout", durable: true, cancellationToken: Stop);
            await channel.QueueBindAsync(queue, exchange, "", cancellationToken: Stop);
        }

        return new Ear(connection, channel, queue);
    }

    /// <summary>So many messages and no more; of those <paramref name="about"/> what is asked for, where others speak too.</summary>
    public async Task<IReadOnlyList<JsonElement>> Heard(
        int count,
        Action? meanwhile = null,
        Func<JsonElement, bool>? about = null
    )
    {
        var heard = new List<JsonElement>();
        await Eventually.Holds(
            async () =>
            {
                meanwhile?.Invoke();
                while (await channel.BasicGetAsync(queue, autoAck: true, Stop) is { } got)
                {
                    var message = JsonSerializer.Deserialize<JsonElement>(got.Body.Span);
                    if (about?.Invoke(message) is not false)
                        heard.Add(message);
                }

                return heard.Count >= count;
            },
            "Hearing what is announced"
        );
        Assert.Equal(count, heard.Count);
        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
