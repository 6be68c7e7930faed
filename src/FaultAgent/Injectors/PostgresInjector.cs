using Npgsql;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>
/// Breaks a PostgreSQL database as its clients do: with sessions. The server itself ends what is held, by a time-out that
/// each renewal moves, and at once when this agent is gone, because then its sockets are.
/// </summary>
public sealed class PostgresInjector(Targets targets, Denied denied, IConfiguration configuration, AgentClock clock)
    : IInjector
{
    public const string Name = "postgres";
    public const string HoldLock = "hold_lock";
    public const string ExhaustConnections = "exhaust_connections";
    public const string TerminateSessions = "terminate_sessions";
    private const int MostConnections = 5_000;
    private const int LongestName = 20;

    private static readonly IReadOnlyList<FaultTypeView> Faults =
    [
        new(
            TerminateSessions,
            FaultReach.Existing,
            FaultPersistence.NothingToRevert,
            new Dictionary<string, string> { ["sessions"] = "most sessions to end; all when absent" }
        ),
        new(
            ExhaustConnections,
            FaultReach.New,
            FaultPersistence.SelfExpiring,
            new Dictionary<string, string>
            {
                ["connections"] = "most connections to hold; as many as there are when absent",
            }
        ),
        new(HoldLock, FaultReach.ExistingAndNew, FaultPersistence.SelfExpiring, new Dictionary<string, string>()),
    ];

    // Every session of a fault says whose it is, so that the next agent finds what this one may leave.
    private readonly string mark = $"steady:{Shortened(configuration["Agent:Name"] ?? "fault-agent")}:";

    public InjectorView View =>
        new(
            Name,
            "a role of the target: pg_signal_backend to end sessions, ownership or LOCK on the table to lock it",
            Faults,
            targets.Of(Name),
            denied.Unknown?.Detail
        );

    public Refusal? Refuses(PlaceLease asked)
    {
        if (Faults.FirstOrDefault(fault => fault.Type == asked.Toxic.Type) is not { } fault)
            return Lease.Invalid(
                $"toxic.type is {asked.Toxic.Type}; {Name} does {string.Join(", ", Faults.Select(one => one.Type))}."
            );
        foreach (var (name, value) in asked.Toxic.Attributes ?? new Dictionary<string, long>())
        {
            if (!fault.Attributes.ContainsKey(name))
                return Lease.Invalid($"{fault.Type} has no attribute {name}.");
            if (value is < 1 or > MostConnections)
                return Lease.Invalid($"The attribute {name} is {value}; 1 to {MostConnections} is accepted.");
        }

        if (denied.Unknown is { } unknown)
            return unknown;
        if (targets.Find(Name, asked.Proxy) is not { Connection: { Length: > 0 } text } target)
            return TargetRefusals.Unknown(asked.Proxy, Name, targets.Of(Name));
        if (fault.Type == HoldLock && string.IsNullOrEmpty(target.Table))
            return TargetRefusals.Absent(target.Name, "its Table is not configured, so there is nothing to lock");
        var to = new NpgsqlConnectionStringBuilder(text);
        var hosts = (to.Host ?? "localhost").Split(',');
        return hosts.Select(host => denied.At(host, to.Port)).FirstOrDefault(found => found is not null) is { } own
            ? Denied.Refusal(target.Name, own)
            : null;
    }

    public IFault Make(Guid lease, PlaceLease asked)
    {
        var target = targets.Find(Name, asked.Proxy)!;
        var sessions = new PostgresSessions(target.Connection!, mark, $"{mark}{lease:N}");
        var most = (int)(asked.Toxic.Attributes?.Values.FirstOrDefault() ?? MostConnections);
        return asked.Toxic.Type switch
        {
            HoldLock => new HeldLock(sessions, target.Table!, clock),
            ExhaustConnections => new HeldConnections(sessions, most, clock),
            _ => new EndedSessions(sessions, most),
        };
    }

    public async Task Recover(CancellationToken stop)
    {
        foreach (var target in targets.All(Name))
            await new PostgresSessions(target.Connection ?? "", mark, $"{mark}recovery").EndMarked(mark, stop);
    }

    private static string Shortened(string name) => name.Length > LongestName ? name[..LongestName] : name;
}

/// <summary>Sessions of one fault in the target's database.</summary>
internal sealed class PostgresSessions(string connection, string mark, string name)
{
    private const int Seconds = 3;

    // Unpooled: a session that is given back to a pool would go on.
    private readonly string address = new NpgsqlConnectionStringBuilder(connection)
    {
        ApplicationName = name,
        Pooling = false,
        Timeout = Seconds,
        CommandTimeout = Seconds,
        KeepAlive = 0,
    }.ConnectionString;

    public string Name => name;

    public async Task<NpgsqlConnection> Open(CancellationToken stop = default)
    {
        var session = new NpgsqlConnection(address);
        try
        {
            await session.OpenAsync(stop);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends sessions of others in the same database, and says how many are gone.</summary>
    public async Task<int> EndOthers(int most)
    {
        await using var session = await Open();
        return await Count(
            session,
            """
            select pg_terminate_backend(pid, 2000) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
              and not starts_with(application_name, $1) order by backend_start limit $2
            """,
            mark,
            most
        );
    }

    /// <summary>Ends the sessions that carry a mark, and says how many are gone.</summary>
    public async Task<int> EndMarked(string marked, CancellationToken stop = default)
    {
        await using var session = await Open(stop);
        return await Count(
            session,
            """
            select pg_terminate_backend(pid, 2000) from pg_stat_activity
            where pid <> pg_backend_pid() and starts_with(application_name, $1) limit $2
            """,
            marked,
            int.MaxValue
        );
    }

    public static async Task Run(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<long> Number(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<int> Count(NpgsqlConnection session, string sql, string text, int number)
    {
        await using var command = new NpgsqlCommand(sql, session);
        command.Parameters.Add(new NpgsqlParameter { Value = text });
        command.Parameters.Add(new NpgsqlParameter { Value = number });
        await using var rows = await command.ExecuteReaderAsync();
        var count = 0;
        while (await rows.ReadAsync())
            count += rows.GetBoolean(0) ? 1 : 0;
        return count;
    }
}
