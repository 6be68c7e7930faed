using System.Net;
using Npgsql;
using Steady.Contracts.Faults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>A real database is broken as its clients could break it, and is whole again when the lease is over.</summary>
public sealed class PostgresInjectorTests : IAsyncLifetime
{
    private const string TooMany = "53300";
    private const string LockTimeout = "55P03";
    private string database = "";

    public async ValueTask InitializeAsync()
    {
        database = await Servers.NewDatabase("victim");
        await using var session = await Open();
        await Run(session, "create table stock (item text); insert into stock values ('tea')");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_locked_table_makes_others_wait_until_it_is_let_go()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "postgres", "hold_lock");
        await using var other = await Open();
        await Run(other, "set lock_timeout = '200ms'");
        Assert.Equal(LockTimeout, await Error(other, "select * from stock"));

        await Run(other, "set lock_timeout = 0");
        var waiting = Run(other, "select * from stock");
        await Eventually.Holds(
            async () => (await agent.Lease(lease)).Effect.Connections == 1,
            "The session that waits was seen"
        );
        await agent.Revert(lease);
        await waiting.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Targeted.Stop);
    }

    [Fact]
    public async Task The_server_itself_ends_a_lock_that_nobody_renews()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "postgres", "hold_lock", ttl: 1);
        await using var other = await Open();
        await Run(other, "select * from stock");
        Assert.Equal(LeaseState.Expired, (await agent.Lease(lease)).State);
        // Its locks are gone a moment before the session is off the server's list.
        await Eventually.Holds(async () => await Marked() == 0, "The server has no session of the fault");
    }

    [Fact]
    public async Task When_its_session_is_ended_by_somebody_else_the_lease_has_ended()
    {
        await using var agent = await Begin();
        var lease = Targeted.NewLease();
        await agent.Place(lease, "postgres", "hold_lock", ttl: 2);
        await using var other = await Open();
        await Run(
            other,
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'steady:%'"
        );
        await Eventually.Holds(
            async () => (await agent.Lease(lease)).State != LeaseState.Live,
            "The lease of a fault that is gone has ended"
        );
        await Run(other, "select * from stock");
    }

    [Fact]
    public async Task All_connections_of_a_role_are_held_and_given_back()
    {
        var role = $"clerk_{database.GetHashCode(StringComparison.Ordinal) & 0xffff:x4}";
        await using (var session = await Open())
            await Run(
                session,
                $"create role {role} login superuser password 'clerk' connection limit 3; alter role {role} nosuperuser"
            );
        var clerk = new NpgsqlConnectionStringBuilder(database)
        {
            Username = role,
            Password = "clerk",
        }.ConnectionString;
        await using var agent = await Targeted.Start(
            ("Targets:0:Injector", "postgres"),
            ("Targets:0:Connection", clerk)
        );
        var lease = Targeted.NewLease();
        var view = await agent.Place(lease, "postgres", "exhaust_connections");
        Assert.Equal(3, view.Effect.Connections);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Open(clerk));
        Assert.Equal(TooMany, refused.SqlState);
        await agent.Revert(lease);
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    await using var session = await Open(clerk);
                    return true;
                }
                catch (PostgresException e) when (e.SqlState == TooMany)
                {
                    return false;
                }
            },
            "The connections were given back"
        );
    }

    [Fact]
    public async Task Sessions_of_others_are_ended_once_and_those_of_other_databases_are_not()
    {
        await using var agent = await Begin();
        await using var elsewhere = await Open(await Servers.NewDatabase("bystander"));
        await using var here = await Open();
        var view = await agent.Place(Targeted.NewLease(), "postgres", "terminate_sessions");
        Assert.Equal((1, 1), (view.Effect.Connections, view.Effect.Closed));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Run(here, "select 1"));
        await Run(elsewhere, "select 1");
    }

    [Fact]
    public async Task The_platforms_own_store_is_refused_under_whatever_name_it_is_given()
    {
        var own = new NpgsqlConnectionStringBuilder(database);
        await using var agent = await Targeted.Start(
            ("Targets:0:Injector", "postgres"),
            ("Targets:0:Table", "public.stock"),
            (
                "Targets:0:Connection",
                new NpgsqlConnectionStringBuilder(database) { Host = "localhost" }.ConnectionString
            ),
            ("Denied:Addresses:1", $"127.0.0.1:{own.Port}")
        );
        foreach (var type in new[] { "hold_lock", "exhaust_connections", "terminate_sessions" })
        {
            var (status, code, _) = await agent.Refused("postgres", type);
            Assert.Equal((HttpStatusCode.Forbidden, "target-denied"), (status, code));
        }
    }

    [Fact]
    public async Task A_database_that_does_not_let_the_fault_in_is_told_and_nothing_is_left()
    {
        await using var agent = await Targeted.Start(
            ("Targets:0:Injector", "postgres"),
            ("Targets:0:Connection", database),
            ("Targets:0:Table", "public.nothing")
        );
        var (status, code, detail) = await agent.Refused("postgres", "hold_lock");
        Assert.Equal((HttpStatusCode.Conflict, "fault-failed"), (status, code));
        Assert.Contains("does not exist", detail, StringComparison.Ordinal);
        Assert.Equal(0, await Marked());
        Assert.Equal("lease-invalid", (await agent.Refused("postgres", "hold_lock", number: 3)).Code);
        Assert.Equal("lease-invalid", (await agent.Refused("postgres", "drop_database")).Code);
    }

    private Task<Targeted> Begin() =>
        Targeted.Start(
            ("Targets:0:Injector", "postgres"),
            ("Targets:0:Connection", database),
            ("Targets:0:Table", "public.stock")
        );

    private async Task<long> Marked()
    {
        await using var session = await Open();
        await using var count = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name like 'steady:%'",
            session
        );
        return (long)(await count.ExecuteScalarAsync(Targeted.Stop))!;
    }

    private async Task<NpgsqlConnection> Open(string? address = null)
    {
        var session = new NpgsqlConnection((address ?? database) + ";Pooling=false");
        await session.OpenAsync(Targeted.Stop);
        return session;
    }

    private static async Task Run(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(Targeted.Stop);
    }

    private static async Task<string?> Error(NpgsqlConnection session, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => Run(session, sql))).SqlState;
}
