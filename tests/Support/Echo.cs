using System.Net;
using System.Net.Sockets;

namespace Steady.Tests.Support;

/// <summary>A server that says back what it hears.</summary>
public sealed class Echo : IDisposable
{
    private readonly Socket listener = new(SocketType.Stream, ProtocolType.Tcp);

    public Echo()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = Accept();
    }

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndPoint!;

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Answer(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static async Task Answer(Socket client)
    {
        using (client)
        {
            client.NoDelay = true;
            var buffer = new byte[64 * 1024];
            try
            {
                for (int bytes; (bytes = await client.ReceiveAsync(buffer)) > 0; )
                    await client.SendAsync(buffer.AsMemory(0, bytes));
            }
            catch (SocketException)
            {
                // The proxy passes resets on.
            }
        }
    }
}
