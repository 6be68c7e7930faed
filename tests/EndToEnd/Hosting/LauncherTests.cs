using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Hosting;

/// <summary>What ./up says when it cannot start.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly Place place = new();

    [Fact]
    public async Task A_second_start_in_the_same_folder_says_that_one_is_running()
    {
        // The lock and the note, as the one that runs holds them.
        using var held = new FileStream(
            place.Directory("up.lock"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );
        await File.WriteAllTextAsync(
            place.Directory("up.json"),
            """{ "Pid": 4711, "Address": "http://127.0.0.1:18080", "Ready": true }""",
            TestContext.Current.CancellationToken
        );

        var (code, output) = await Up();

        Assert.Equal(2, code);
        Assert.Equal(
            "Steady is already running in this folder: process 4711, http://127.0.0.1:18080. `./up --down` stops it.",
            output
        );
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_process_that_holds_it()
    {
        using var holder = new TcpListener(IPAddress.Loopback, Ports.Free());
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, output) = await Up(("STEADY_PORT_WEB", port));

        Assert.Equal(2, code);
        Assert.StartsWith(
            $"Port {port} (web) is held by process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} (",
            output
        );
        Assert.EndsWith("STEADY_PORT_WEB moves it.", output);
    }

    [Fact]
    public async Task Some_connection_strings_without_the_others_are_refused()
    {
        var (code, output) = await Up(
            ("ConnectionStrings__bus", "amqp://somewhere"),
            ("ConnectionStrings__budgets", "Host=somewhere")
        );

        Assert.Equal(2, code);
        Assert.Equal(
            "Some connection strings are given, but not ConnectionStrings__incidents, ConnectionStrings__experiments. Give all of them, or none.",
            output
        );
    }

    [Fact]
    public async Task A_switch_that_does_not_exist_is_named_with_the_way_out()
    {
        var (code, output) = await Tool.Run(Launch("--chekc"), TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.Equal("Unrecognized command or argument '--chekc'. `./up --help` lists the switches.", output);
    }

    [Fact]
    public async Task A_detached_start_that_is_given_up_leaves_nothing_behind()
    {
        var launch = Launch("--detach") with
        {
            Environment = Apart(),
            OnLine = line => TestContext.Current.TestOutputHelper?.WriteLine(line),
        };
        await using var up = OwnedProcess.Start(launch);
        await Eventually.Holds(() => File.Exists(place.Directory("up.lock")), "The one in the background has begun");

        Signals.Send(up.Id, Signals.Interrupt);

        Assert.Equal(130, await up.Exit.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Empty(place.Processes());
    }

    [Fact]
    public async Task Down_without_anything_running_is_content()
    {
        var launch = Launch("--down") with
        {
            Environment = new Dictionary<string, string> { ["STEADY_LOCAL"] = place.Root },
        };

        Assert.Equal(
            (0, "Nothing is running in this folder."),
            await Tool.Run(launch, TestContext.Current.CancellationToken)
        );
    }

    public void Dispose() => place.Dispose();

    private Task<(int Code, string Output)> Up(params (string Name, string Value)[] variables)
    {
        var environment = Apart();
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return Tool.Run(Launch() with { Environment = environment }, TestContext.Current.CancellationToken);
    }

    // A folder and ports of its own.
    private Dictionary<string, string> Apart() =>
        new()
        {
            ["STEADY_LOCAL"] = place.Root,
            ["STEADY_PORT_BASE"] = FreeBase().ToString(CultureInfo.InvariantCulture),
        };

    private static Launch Launch(params string[] arguments) =>
        new(
            "dotnet",
            [Repository.File("artifacts", "bin", "Launcher", "release", "Steady.Launcher.dll"), .. arguments]
        );

    // A hundred ports in a row that nobody holds.
    private static int FreeBase() =>
        Enumerable
            .Range(0, 200)
            .Select(i => 12_000 + (i * 100))
            .First(b => Enumerable.Range(b + 70, 30).All(Ports.IsFree));
}
