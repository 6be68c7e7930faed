using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Proxy;

/// <summary>One client, one connection upstream, and what each toxic remembers of them.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "End closes the sockets; a token source without a timer holds nothing."
)]
internal sealed class Connection(long id, Socket client, EdgeProxy proxy, AgentClock clock, Chance chance)
{
    private readonly Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<Toxic, Grip> grips = [];
    private readonly HashSet<Toxic> felt = [];
    private CancellationTokenRegistration lastWish;
    private int ended;

    public long Id => id;
    public TimeSpan Now => clock.Now;

    public Toxic[] Toxics(string stream) => proxy.ToxicsOf(stream);

    public double Draw(Toxic toxic, long piece) => chance.Draw(toxic.Ordinal, id, piece + 1);

    public async Task Run(EndPoint upstream)
    {
        var stop = stopping.Token;
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(upstream, stop);
            await Task.WhenAll(
                new Link(client, server, FaultSpec.Upstream, this).Run(stop),
                new Link(server, client, FaultSpec.Downstream, this).Run(stop)
            );
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The upstream cannot be reached, or the connection was ended while it was being made: the client sees it close.
        }
        finally
        {
            End(reset: false);
            await lastWish.DisposeAsync();
            proxy.Forget(this);
        }
    }

    /// <summary>
    /// Starts what a toxic does to a connection as a whole, also to one that is idle: ending it now or after a while.
    /// Called for toxics found at the start and for those that come later; a toxic is felt once.
    /// </summary>
    public void Feel(Toxic toxic)
    {
        var (after, reset) = toxic.Shape switch
        {
            ToxicShape.ResetPeer peer => (peer.Milliseconds, true),
            ToxicShape.Timeout { Milliseconds: > 0 } timeout => (timeout.Milliseconds, false),
            _ => (-1, false),
        };
        lock (felt)
        {
            felt.RemoveWhere(known => known.Ended.IsCancellationRequested);
            if (after < 0 || !felt.Add(toxic))
                return;
        }
        var grip = GripOf(toxic);
        if (grip.Hits)
            _ = EndAfter(toxic, grip, TimeSpan.FromMilliseconds(after), reset);
    }

    public Grip GripOf(Toxic toxic)
    {
        lock (grips)
        {
            if (grips.TryGetValue(toxic, out var grip))
                return grip;
            // Connections outlive toxics by far: what is over is forgotten when something new begins.
            foreach (var known in grips.Keys.Where(known => known.Ended.IsCancellationRequested).ToList())
                grips.Remove(known);
            return grips[toxic] = new Grip(chance.Hits(toxic.Toxicity, toxic.Ordinal, id));
        }
    }

    /// <summary>Ends the connection as soon as a toxic is over.</summary>
    public void EndWith(Toxic toxic) =>
        lastWish = toxic.Ended.UnsafeRegister(static held => ((Connection)held!).End(reset: false), this);

    /// <summary>Ends the connection on both sides, in order or with a reset. Only the first call counts.</summary>
    public bool End(bool reset)
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
            return false;
        // First what is under way: closing a socket below a pending read would send a reset whatever was asked for.
        stopping.Cancel();
        Close(client, reset);
        Close(server, reset);
        return true;
    }

    private async Task EndAfter(Toxic toxic, Grip grip, TimeSpan after, bool reset)
    {
        try
        {
            await toxic.WaitUntil(Now + after, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (!toxic.IsLive(Now) || !End(reset))
            return;
        if (reset)
            toxic.CountReset(grip);
        else
            toxic.CountClosed(grip, 0);
    }

    private static void Close(Socket socket, bool reset)
    {
        try
        {
            // Lingering for no time at all is how a socket is told to close with RST instead of FIN.
            if (reset)
                socket.LingerState = new LingerOption(true, 0);
            else if (socket.Connected)
                socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was faster; there is nothing left to say goodbye to.
        }
        socket.Dispose();
    }
}
