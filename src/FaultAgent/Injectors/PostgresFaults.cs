using System.Globalization;
using Npgsql;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>A table that nobody else can use, while a transaction that does nothing holds it.</summary>
internal sealed class HeldLock(PostgresSessions sessions, string table, AgentClock clock) : IFault
{
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlConnection? session;
    private TimeSpan until;
    private long blocked;

    public FaultEffect Effect => Effects.Touched(blocked);

    public Task Lost => lost.Task;

    public async Task Arm(TimeSpan deadline)
    {
        await Refusing.What("The database did not let the fault in", async () => session = await sessions.Open());
        session!.StateChange += (_, change) =>
        {
            if (change.CurrentState is System.Data.ConnectionState.Closed or System.Data.ConnectionState.Broken)
                lost.TrySetResult();
        };
        // The server's own time-out is in force before the lock is there.
        await Refusing.What("The server's time-out could not be set", () => Limit(deadline));
    }

    public Task Inject(TimeSpan deadline) =>
        Refusing.What(
            $"{table} could not be locked",
            async () =>
            {
                await PostgresSessions.Run(session!, "begin; set local lock_timeout = '2s'");
                await PostgresSessions.Run(session!, $"lock table {Quoted()} in access exclusive mode");
                await Limit(deadline);
            }
        );

    public Task Renew(TimeSpan deadline) => Limit(deadline);

    public async Task Probe()
    {
        const string others =
            "select count(*) from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))";
        blocked = Math.Max(blocked, await PostgresSessions.Number(session!, others));
        // To look begins the server's time anew, which must not outlast the lease.
        await Limit(until);
    }

    public async Task Revert()
    {
        if (session is null)
            return;
        await session.DisposeAsync();
        // The server has seen the end of the session before the answer says so.
        await sessions.EndMarked(sessions.Name);
    }

    // A transaction that does nothing for so long is ended by the server. Each statement begins the time anew.
    private Task Limit(TimeSpan deadline)
    {
        until = deadline;
        var left = Math.Max(1, (long)(deadline - clock.Now).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return PostgresSessions.Run(
            session!,
            $"set idle_in_transaction_session_timeout = {left}; set idle_session_timeout = {left}"
        );
    }

    private string Quoted() => string.Join('.', table.Split('.').Select(part => $"\"{part.Replace("\"", "\"\"")}\""));
}

/// <summary>All connections that the server has, or many of them, held by sessions that do nothing.</summary>
internal sealed class HeldConnections(PostgresSessions sessions, int most, AgentClock clock) : IFault
{
    private const string TooMany = "53300";
    private readonly List<NpgsqlConnection> held = [];
    private long reached;

    public FaultEffect Effect => Effects.Touched(reached);

    public Task Lost => Effects.NeverLost;

    // The session that looks is the first that is held: one that was just closed is counted by the server for a moment, and
    // leaves a place free when all seem taken.
    public Task Arm(TimeSpan deadline) => Refusing.What("The database did not let the fault in", () => Hold(deadline));

    public Task Inject(TimeSpan deadline) => Refusing.What("The connections could not be taken", () => Fill(deadline));

    /// <summary>Also takes what somebody gave back meanwhile.</summary>
    public async Task Renew(TimeSpan deadline)
    {
        foreach (var session in held.ToList())
        {
            try
            {
                await PostgresSessions.Run(session, Limit(deadline));
            }
            catch (NpgsqlException)
            {
                // Whoever ended it has it; the others are what counts.
                held.Remove(session);
                await session.DisposeAsync();
            }
        }

        await Fill(deadline);
    }

    public Task Probe()
    {
        reached = Math.Max(reached, held.Count);
        return Task.CompletedTask;
    }

    public async Task Revert()
    {
        foreach (var session in held)
            await session.DisposeAsync();
        held.Clear();
    }

    private async Task Hold(TimeSpan deadline)
    {
        var session = await sessions.Open();
        held.Add(session);
        await PostgresSessions.Run(session, Limit(deadline));
    }

    private async Task Fill(TimeSpan deadline)
    {
        while (held.Count < most && clock.Now < deadline)
        {
            try
            {
                await Hold(deadline);
            }
            catch (PostgresException e) when (e.SqlState == TooMany)
            {
                break;
            }
        }

        await Probe();
    }

    private string Limit(TimeSpan deadline) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"set idle_session_timeout = {Math.Max(1, (long)(deadline - clock.Now).TotalMilliseconds)}"
        );
}

/// <summary>Sessions of others that are ended once. Whether their owners come back is what the experiment asks.</summary>
internal sealed class EndedSessions(PostgresSessions sessions, int most) : IFault
{
    private long ended;

    public FaultEffect Effect => Effects.Closed(ended);

    public Task Lost => Effects.NeverLost;

    public Task Arm(TimeSpan deadline) => Task.CompletedTask;

    public Task Inject(TimeSpan deadline) =>
        Refusing.What("The sessions could not be ended", async () => ended = await sessions.EndOthers(most));

    public Task Renew(TimeSpan deadline) => Task.CompletedTask;

    public Task Probe() => Task.CompletedTask;

    public Task Revert() => Task.CompletedTask;
}

/// <summary>Turns what a server answered into a sentence for whoever asked for the fault.</summary>
internal static class Refusing
{
    public static async Task What(string failed, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is NpgsqlException or HttpRequestException or TimeoutException or IOException)
        {
            throw new FaultRefusedException("fault-failed", $"{failed}: {e.Message}", e);
        }
    }
}
