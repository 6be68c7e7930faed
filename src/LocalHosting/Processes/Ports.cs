using System.Net;
using System.Net.Sockets;

namespace Steady.LocalHosting.Processes;

public static class Ports
{
    /// <summary>A free loopback port below the range the kernel gives to outgoing connections, so that none of those takes it meanwhile.</summary>
    public static int Free()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No free port was found between 10000 and 32000.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
