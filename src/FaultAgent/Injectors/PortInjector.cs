using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>
/// Blocks a TCP port of this machine in the kernel, whose set elements end at their own time-outs: nobody has to be there
/// to end them. Needs Linux, nftables and the right to administer the network.
/// </summary>
public sealed class PortInjector(Targets targets, Denied denied, IConfiguration configuration, AgentClock clock)
    : IInjector
{
    public const string Name = "port";
    public const string Block = "block";
    public const string Refuse = "refuse";

    private static readonly IReadOnlyList<FaultTypeView> Faults =
    [
        new(Block, FaultReach.ExistingAndNew, FaultPersistence.SelfExpiring, new Dictionary<string, string>()),
        new(Refuse, FaultReach.ExistingAndNew, FaultPersistence.SelfExpiring, new Dictionary<string, string>()),
    ];

    // A table of its own, so that nothing else is touched and all of it can be taken away.
    private readonly string table =
        "steady_"
        + string.Concat(
            (configuration["Agent:Name"] ?? "fault-agent").Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')
        );

    public InjectorView View =>
        new(
            Name,
            "root or CAP_NET_ADMIN, and nftables",
            Faults,
            targets.Of(Name),
            denied.Unknown?.Detail ?? Unable()?.Detail
        );

    public Refusal? Refuses(PlaceLease asked)
    {
        if (asked.Toxic.Type is not (Block or Refuse))
            return Lease.Invalid($"toxic.type is {asked.Toxic.Type}; {Block} and {Refuse} are what {Name} does.");
        if (asked.Toxic.Attributes is { Count: > 0 })
            return Lease.Invalid($"{asked.Toxic.Type} has no attributes.");
        if (denied.Unknown is { } unknown)
            return unknown;
        if (targets.Find(Name, asked.Proxy) is not { Port: > 0 and <= 65_535 } target)
            return TargetRefusals.Unknown(asked.Proxy, Name, targets.Of(Name));
        return denied.OnPort(target.Port) is { } own ? Denied.Refusal(target.Name, own) : Unable();
    }

    public IFault Make(Guid lease, PlaceLease asked) =>
        new BlockedPort(
            table,
            $"lease_{lease:N}",
            targets.Find(Name, asked.Proxy)!.Port,
            asked.Toxic.Type == Refuse,
            clock
        );

    public async Task Recover(CancellationToken stop)
    {
        if (targets.All(Name).Count > 0 && Unable() is null)
            await Nft.Run($"add table inet {table}\ndelete table inet {table}\n");
    }

    private static Refusal? Unable()
    {
        var why =
            !OperatingSystem.IsLinux() ? "this machine is no Linux"
            : !Nft.IsInstalled ? "nft is not installed"
            : !Nft.MayAdminister ? "this agent runs without root and without CAP_NET_ADMIN"
            : null;
        return why is null
            ? null
            : new(409, "injector-unavailable", $"Ports cannot be blocked here: {why}. Use a proxied edge instead.");
    }
}

/// <summary>A port that takes nothing, or answers with a reset, until its element in the kernel's set ends.</summary>
internal sealed class BlockedPort(string table, string set, int port, bool refuses, AgentClock clock) : IFault
{
    private bool armed;
    private long packets;

    public FaultEffect Effect =>
        FaultEffect.None with
        {
            Connections = packets > 0 ? 1 : 0,
            ChunksDropped = refuses ? 0 : packets,
            Resets = refuses ? packets : 0,
        };

    public Task Lost => Effects.NeverLost;

    /// <summary>Everything but the element: a rule over a set that is empty does nothing.</summary>
    public async Task Arm(TimeSpan deadline)
    {
        await Nft.Run(
            $$"""
            add table inet {{table}}
            add set inet {{table}} {{set}} { type inet_service; flags timeout; }
            add chain inet {{table}} {{set}} { type filter hook input priority -10; policy accept; }
            add rule inet {{table}} {{set}} tcp dport @{{set}} counter {{(refuses ? "reject with tcp reset" : "drop")}}

            """
        );
        armed = true;
    }

    public Task Inject(TimeSpan deadline) => Nft.Run(Element("add", deadline));

    // In one transaction, so that there is no moment without.
    public Task Renew(TimeSpan deadline) => Nft.Run(Element("delete", null) + Element("add", deadline));

    public async Task Probe()
    {
        var listing = JsonDocument.Parse(await Nft.Run("", "-j", "list", "chain", "inet", table, set)).RootElement;
        packets = listing
            .GetProperty("nftables")
            .EnumerateArray()
            .Where(part => part.TryGetProperty("rule", out _))
            .SelectMany(part => part.GetProperty("rule").GetProperty("expr").EnumerateArray())
            .Where(expression => expression.TryGetProperty("counter", out _))
            .Sum(expression => expression.GetProperty("counter").GetProperty("packets").GetInt64());
    }

    public async Task Revert()
    {
        if (!armed)
            return;
        await Probe();
        // Added first, so that it is no mistake when it is gone already.
        await Nft.Run(
            $"add element inet {table} {set} {{ {Port} timeout 1s }}\n{Element("delete", null)}delete chain inet {table} {set}\ndelete set inet {table} {set}\n"
        );
        armed = false;
    }

    private string Port => port.ToString(CultureInfo.InvariantCulture);

    private string Element(string verb, TimeSpan? deadline)
    {
        var left = deadline is { } moment
            ? $" timeout {Math.Max(1, (long)(moment - clock.Now).TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}ms"
            : "";
        return $"{verb} element inet {table} {set} {{ {Port}{left} }}\n";
    }
}

/// <summary>The kernel's packet filter, through its own tool.</summary>
internal static class Nft
{
    private const int NetAdmin = 12;
    private static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/bin", "/usr/local/sbin"];

    public static bool IsInstalled => Path is not null;

    /// <summary>Whether the capability is in force, which root has too, unless it was taken away.</summary>
    public static bool MayAdminister =>
        File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal))
            is { } line
        && (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> NetAdmin & 1)
            == 1;

    private static string? Path =>
        Folders.Select(folder => System.IO.Path.Combine(folder, "nft")).FirstOrDefault(File.Exists);

    /// <summary>Runs what is given as one transaction: all of it or nothing.</summary>
    public static async Task<string> Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments.Length == 0 ? ["-f", "-"] : arguments)
            start.ArgumentList.Add(argument);
        using var nft = Process.Start(start)!;
        await nft.StandardInput.WriteAsync(script);
        nft.StandardInput.Close();
        var said = await nft.StandardOutput.ReadToEndAsync();
        var wrong = await nft.StandardError.ReadToEndAsync();
        await nft.WaitForExitAsync();
        return nft.ExitCode == 0
            ? said
            : throw new FaultRefusedException("fault-failed", $"The packet filter refused: {wrong.Trim()}");
    }
}
