using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Proxy;

/// <summary>One proxied edge: a listener, an upstream, the toxics between them and the connections that feel them.</summary>
public sealed class EdgeProxy(
    string name,
    EndPoint listen,
    EndPoint upstream,
    AgentClock clock,
    Chance chance,
    ILogger<EdgeProxy> log
)
{
    private readonly ConcurrentDictionary<long, Connection> connections = [];
    private readonly Lock gate = new();
    private volatile Socket? listener;
    private long accepted;

    // Replaced as a whole, never changed: the data path reads them without a lock.
    private volatile Toxic[] toxics = [];
    private volatile Toxic[] upstreamToxics = [];
    private volatile Toxic[] downstreamToxics = [];

    public string Name => name;
    public EndPoint ListenAddress { get; private set; } = listen;
    public EndPoint UpstreamAddress { get; private set; } = upstream;
    public bool Enabled => listener is not null;
    public int Connections => connections.Count;
    public IReadOnlyList<Toxic> Toxics => toxics;

    internal Toxic[] ToxicsOf(string stream) => stream == FaultSpec.Upstream ? upstreamToxics : downstreamToxics;

    /// <exception cref="SocketException">The address cannot be listened on.</exception>
    public void Start()
    {
        lock (gate)
        {
            if (listener is not null)
                return;
            var address = Address.Resolve(ListenAddress);
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(address);
                socket.Listen(512);
            }
            catch (SocketException)
            {
                socket.Dispose();
                throw;
            }
            ListenAddress = socket.LocalEndPoint!;
            listener = socket;
            _ = Accept(socket);
            log.LogInformation("{Proxy} listens on {Listen} for {Upstream}", name, ListenAddress, UpstreamAddress);
        }
    }

    /// <summary>Takes the edge down: nobody gets in, and who was in is out.</summary>
    public void Stop()
    {
        lock (gate)
        {
            listener?.Dispose();
            listener = null;
        }
        foreach (var connection in connections.Values)
            connection.End(reset: false);
    }

    /// <summary>Whether these are the addresses it has, however they are written.</summary>
    public bool IsAt(EndPoint? otherListen, EndPoint? otherUpstream) =>
        otherListen is not null
        && Address.Resolve(otherListen).Equals(Address.Resolve(ListenAddress))
        && UpstreamAddress.Equals(otherUpstream);

    /// <summary>Moves the edge; it has to be started again when the addresses changed.</summary>
    public void Move(EndPoint newListen, EndPoint newUpstream)
    {
        if (IsAt(newListen, newUpstream))
            return;
        Stop();
        (ListenAddress, UpstreamAddress) = (newListen, newUpstream);
    }

    public Toxic? Find(string toxic) => Array.Find(toxics, known => known.Name == toxic);

    /// <summary>Puts a toxic in place, on the connections that are there as on those to come.</summary>
    public bool Add(Toxic toxic)
    {
        lock (gate)
        {
            if (Find(toxic.Name) is not null)
                return false;
            Replace([.. toxics, toxic]);
        }
        foreach (var connection in connections.Values)
            connection.Feel(toxic);
        return true;
    }

    /// <summary>Takes a toxic away. What sleeps because of it wakes up.</summary>
    public bool Remove(Toxic toxic)
    {
        toxic.End();
        lock (gate)
        {
            var left = toxics.Where(known => known != toxic).ToArray();
            var removed = left.Length < toxics.Length;
            Replace(left);
            return removed;
        }
    }

    /// <summary>Changes the numbers of a toxic, keeping its place among the others.</summary>
    public bool Change(Toxic old, Toxic changed)
    {
        lock (gate)
        {
            if (!toxics.Contains(old))
                return false;
            Replace(Array.ConvertAll(toxics, known => known == old ? changed : known));
        }
        old.End();
        foreach (var connection in connections.Values)
            connection.Feel(changed);
        return true;
    }

    internal void Forget(Connection connection) => connections.TryRemove(connection.Id, out _);

    private void Replace(Toxic[] now)
    {
        toxics = now;
        upstreamToxics = Array.FindAll(now, toxic => toxic.Stream == FaultSpec.Upstream);
        downstreamToxics = Array.FindAll(now, toxic => toxic.Stream == FaultSpec.Downstream);
    }

    private async Task Accept(Socket socket)
    {
        while (listener == socket)
            try
            {
                Welcome(socket, await socket.AcceptAsync());
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                if (listener != socket)
                    return;
                // Out of file handles, as a rule. Connections end and give some back, so it is worth trying again.
                log.LogWarning(e, "{Proxy} could not accept a connection and tries again", name);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Time);
            }
    }

    private void Welcome(Socket socket, Socket client)
    {
        var connection = new Connection(Interlocked.Increment(ref accepted), client, this, clock, chance);
        connections[connection.Id] = connection;
        // Only now: a toxic added meanwhile finds the connection in the list, or the connection finds the toxic here.
        foreach (var toxic in toxics)
            connection.Feel(toxic);
        _ = connection.Run(UpstreamAddress);
        if (listener != socket)
            connection.End(reset: false);
    }
}
