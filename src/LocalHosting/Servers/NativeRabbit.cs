using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Steady.LocalHosting.Processes;

namespace Steady.LocalHosting.Servers;

/// <summary>The four ports of one RabbitMQ node.</summary>
public sealed record RabbitPorts(int Amqp, int Management, int Distribution, int Names)
{
    public static RabbitPorts Free() => new(Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free());
}

/// <summary>
/// A private RabbitMQ node in a directory of ours, on loopback, from the machine's own binaries, with the management plug-in. Its name
/// server (epmd) would be started in the background and stay for ever, so we run it ourselves, in the foreground, on a port of its own.
/// </summary>
public sealed class NativeRabbit(string directory, RabbitPorts ports) : IAsyncDisposable
{
    private const string User = "steady";
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly string log = Path.Combine(directory, "rabbit.log");
    private readonly string password = Secret.In(directory);
    private OwnedProcess? names;
    private OwnedProcess? broker;

    public RabbitPorts Ports => ports;

    public Uri Management => new($"http://127.0.0.1:{Text(ports.Management)}/");

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Missing() =>
        File.Exists(Program) && Tool.Find("epmd") is not null
            ? null
            : "The RabbitMQ server is not installed (Debian: apt-get install rabbitmq-server).";

    public string ConnectionString(string virtualHost) =>
        $"amqp://{User}:{password}@127.0.0.1:{Text(ports.Amqp)}/{Uri.EscapeDataString(virtualHost)}";

    public async Task Start(CancellationToken stop)
    {
        if (Missing() is { } sentence)
        {
            throw new InvalidOperationException(sentence);
        }

        Configure();
        names = OwnedProcess.Start(
            new Launch(Tool.Find("epmd")!, "-port", Text(ports.Names), "-address", "127.0.0.1")
            {
                LogFile = Path.Combine(directory, "epmd.log"),
            }
        );
        broker = OwnedProcess.Start(
            new Launch(Program)
            {
                Directory = directory,
                Environment = Settings(),
                LogFile = log,
                Grace = TimeSpan.FromSeconds(20),
            }
        );
        await Readiness.Await("RabbitMQ", broker, log, () => Answers(stop), stop);
    }

    /// <summary>Creates the virtual host when it is not there yet.</summary>
    public Task EnsureVirtualHost(string name, CancellationToken stop) =>
        VirtualHosts.Ensure(Management, User, password, name, stop);

    public async Task Stop()
    {
        await (broker?.Stop() ?? Task.CompletedTask);
        await (names?.Stop() ?? Task.CompletedTask);
    }

    public async Task Kill()
    {
        await (broker?.Kill() ?? Task.CompletedTask);
        await (names?.Kill() ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync() => await Stop();

    private void Configure()
    {
        Directory.CreateDirectory(Path.Combine(directory, "home"));
        File.WriteAllText(Path.Combine(directory, "enabled_plugins"), "[rabbitmq_management].\n");
        Secret.WriteOwned(
            Path.Combine(directory, "rabbitmq.conf"),
            $"""
            listeners.tcp.1 = 127.0.0.1:{Text(ports.Amqp)}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {Text(ports.Management)}
            default_user = {User}
            default_pass = {password}
            log.console = true
            log.console.level = warning
            log.file = false

            """
        );
    }

    private Dictionary<string, string> Settings() =>
        new()
        {
            ["HOME"] = Path.Combine(directory, "home"),
            ["RABBITMQ_NODENAME"] = "steady@localhost",
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(directory, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(directory, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(directory, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(directory, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(directory, "pid"),
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(ports.Amqp),
            ["RABBITMQ_DIST_PORT"] = Text(ports.Distribution),
            ["ERL_EPMD_PORT"] = Text(ports.Names),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            // Two cores are shared by everything here: idle schedulers must not spin.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
            // Makes the start script become the server instead of standing before it, so that our signals arrive.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        };

    private async Task<bool> Answers(CancellationToken stop)
    {
        // Once the port is there, a whole connection: it proves the user, the virtual host and the server behind the port.
        if (Processes.Ports.IsFree(ports.Amqp))
        {
            return false;
        }

        try
        {
            var factory = new ConnectionFactory
            {
                Uri = new Uri(ConnectionString("/")),
                AutomaticRecoveryEnabled = false,
            };
            await using var connection = await factory.CreateConnectionAsync(stop);
            return await VirtualHosts.Answers(Management, stop);
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
