using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Steady.FaultAgent.Proxy;

/// <summary>
/// One direction of a connection. Without toxics data goes straight from one socket to the other. With toxics it goes
/// through a queue that remembers when each piece arrived, so that a delay is counted from there and a slow stream is
/// late, not slow.
/// </summary>
internal sealed class Link(Socket from, Socket to, string stream, Connection connection)
{
    private const int ChunkBytes = 32 * 1024;
    private const int LargestBytes = 256 * 1024;
    private const int QueuedChunks = 128;

    private readonly Channel<Chunk> queue = Channel.CreateBounded<Chunk>(
        new BoundedChannelOptions(QueuedChunks) { SingleReader = true, SingleWriter = true }
    );
    private int underWay;

    private readonly record struct Chunk(byte[] Buffer, int Bytes, TimeSpan ArrivedAt);

    private readonly record struct Piece(ReadOnlyMemory<byte> Data, TimeSpan ArrivedAt)
    {
        public Piece UpTo(int bytes) => this with { Data = Data[..bytes] };

        public Piece After(int bytes) => this with { Data = Data[bytes..] };
    }

    public Task Run(CancellationToken stop) => Task.WhenAll(Guard(Receive(stop)), Guard(Forward(stop)));

    private async Task Guard(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // What one side does to the proxy the proxy does to the other side.
            connection.End(reset: e is SocketException);
        }
    }

    private async Task Receive(CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var bytes = 1; bytes > 0; )
            {
                bytes = await from.ReceiveAsync(buffer, SocketFlags.None, stop);
                // Only this loop adds to the queue: once it is empty nothing can be overtaken.
                if (Volatile.Read(ref underWay) == 0 && connection.Toxics(stream).Length == 0)
                {
                    await Send(buffer.AsMemory(0, bytes), stop);
                    buffer = Fitting(buffer, bytes);
                    continue;
                }
                Interlocked.Increment(ref underWay);
                await queue.Writer.WriteAsync(new Chunk(buffer, bytes, connection.Now), stop);
                buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            queue.Writer.TryComplete();
        }
    }

    // A stream that fills its buffer gets a larger one, down to a call per quarter megabyte; one that does not gives it back.
    private static byte[] Fitting(byte[] buffer, int bytes)
    {
        var wanted =
            bytes == buffer.Length ? Math.Min(LargestBytes, 2 * buffer.Length)
            : bytes <= ChunkBytes ? ChunkBytes
            : buffer.Length;
        if (wanted == buffer.Length)
            return buffer;
        ArrayPool<byte>.Shared.Return(buffer);
        return ArrayPool<byte>.Shared.Rent(wanted);
    }

    private async Task Forward(CancellationToken stop)
    {
        await foreach (var chunk in queue.Reader.ReadAllAsync(stop))
        {
            var toxics = connection.Toxics(stream);
            if (chunk.Bytes == 0)
                await HoldEnd(toxics, stop);
            await Pass(toxics, 0, new Piece(chunk.Buffer.AsMemory(0, chunk.Bytes), chunk.ArrivedAt), stop);
            ArrayPool<byte>.Shared.Return(chunk.Buffer);
            Interlocked.Decrement(ref underWay);
        }
    }

    /// <summary>Applies the toxics from one place in their order on, then sends what they let through.</summary>
    private async ValueTask Pass(Toxic[] toxics, int at, Piece piece, CancellationToken stop)
    {
        for (; at < toxics.Length && piece.Data.Length > 0; at++)
        {
            var toxic = toxics[at];
            var grip = connection.GripOf(toxic);
            if (grip.Lost && !toxic.IsLive(connection.Now))
            {
                connection.End(reset: false);
                return;
            }
            if (!grip.Hits || !toxic.IsLive(connection.Now))
                continue;
            switch (toxic.Shape)
            {
                case ToxicShape.Latency latency:
                    toxic.CountDelayed(grip, piece.Data.Length);
                    var delay = latency.Delay(connection.Draw(toxic, grip.Pieces++));
                    await toxic.WaitUntil(piece.ArrivedAt + delay, stop);
                    break;
                case ToxicShape.Timeout:
                    Drop(toxic, grip, piece.Data.Length);
                    return;
                case ToxicShape.Bandwidth bandwidth:
                    for (var size = bandwidth.PieceBytes; piece.Data.Length > size; piece = piece.After(size))
                    {
                        await Pace(toxic, grip, bandwidth, size, stop);
                        await Pass(toxics, at + 1, piece.UpTo(size), stop);
                    }
                    await Pace(toxic, grip, bandwidth, piece.Data.Length, stop);
                    break;
                case ToxicShape.Slicer slicer:
                    piece = await Slice(toxics, at, slicer, piece, stop);
                    break;
                case ToxicShape.LimitData limit when Exhausts(grip, limit, piece, out var allowed):
                    await Pass(toxics, at + 1, piece.UpTo(allowed), stop);
                    toxic.CountClosed(grip, piece.Data.Length - allowed);
                    connection.End(reset: false);
                    return;
            }
        }
        await Send(piece.Data, stop);
    }

    /// <summary>Passes slice by slice on, and gives the last one back; all that is left when the toxic is over meanwhile.</summary>
    private async ValueTask<Piece> Slice(
        Toxic[] toxics,
        int at,
        ToxicShape.Slicer slicer,
        Piece piece,
        CancellationToken stop
    )
    {
        var (toxic, grip) = (toxics[at], connection.GripOf(toxics[at]));
        while (toxic.IsLive(connection.Now))
        {
            var size = slicer.PieceBytes(connection.Draw(toxic, grip.Pieces++));
            toxic.CountDelayed(grip, Math.Min(size, piece.Data.Length));
            if (piece.Data.Length <= size)
                break;
            await Pass(toxics, at + 1, piece.UpTo(size), stop);
            piece = piece.After(size);
            await toxic.WaitUntil(connection.Now + slicer.Pause, stop);
        }

        return piece;
    }

    private static bool Exhausts(Grip grip, ToxicShape.LimitData limit, Piece piece, out int allowed)
    {
        allowed = limit.Allows(grip.Passed, piece.Data.Length);
        grip.Passed += allowed;
        return grip.Passed >= limit.Bytes;
    }

    private void Drop(Toxic toxic, Grip grip, int bytes)
    {
        toxic.CountDropped(grip, bytes);
        if (grip.Lost)
            return;
        grip.Lost = true;
        // A stream with a hole cannot go on. Its end is also how a waiting peer learns at once that the fault is over.
        connection.EndWith(toxic);
    }

    private async ValueTask Pace(
        Toxic toxic,
        Grip grip,
        ToxicShape.Bandwidth bandwidth,
        int bytes,
        CancellationToken stop
    )
    {
        var now = connection.Now;
        if (!toxic.IsLive(now))
            return;
        toxic.CountDelayed(grip, bytes);
        grip.FreeAt = (grip.FreeAt > now ? grip.FreeAt : now) + bandwidth.TimeFor(bytes);
        await toxic.WaitUntil(grip.FreeAt, stop);
    }

    private async ValueTask HoldEnd(Toxic[] toxics, CancellationToken stop)
    {
        foreach (var toxic in toxics)
        {
            var grip = connection.GripOf(toxic);
            if (toxic.Shape is not ToxicShape.SlowClose slow || !grip.Hits || !toxic.IsLive(connection.Now))
                continue;
            toxic.CountDelayed(grip, 0);
            await toxic.WaitUntil(connection.Now + TimeSpan.FromMilliseconds(slow.Milliseconds), stop);
        }
    }

    private async ValueTask Send(ReadOnlyMemory<byte> data, CancellationToken stop)
    {
        if (data.Length == 0)
        {
            to.Shutdown(SocketShutdown.Send);
            return;
        }
        for (; data.Length > 0; )
            data = data[await to.SendAsync(data, SocketFlags.None, stop)..];
    }
}
