using System.Globalization;

namespace Steady.Launcher;

/// <summary>Where things are and listen. Every port can be moved: one by one, or all by a common base.</summary>
internal sealed class Settings
{
    // Offsets from STEADY_PORT_BASE beside the usual port, so that a second checkout can run next to the first.
    private static readonly Dictionary<string, (int Usual, int Offset)> Known = new()
    {
        ["web"] = (8080, 80),
        ["incidents"] = (8081, 81),
        ["experiments"] = (8082, 82),
        ["budgets"] = (8083, 83),
        ["fault-agent"] = (8474, 74),
        ["checkout"] = (8090, 90),
        ["ledger"] = (8091, 91),
        ["edge"] = (8092, 92),
        ["dashboard"] = (18888, 88),
        ["otlp"] = (18889, 89),
        ["otlp-http"] = (18890, 95),
    };

    public static readonly IReadOnlyList<string> Services =
    [
        "budgets",
        "incidents",
        "experiments",
        "fault-agent",
        "ledger",
        "checkout",
        "web",
    ];

    public string Root { get; } = FindRoot();

    public string Local =>
        Environment.GetEnvironmentVariable("STEADY_LOCAL") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(Root, ".local");

    public string Keys => In("keys");

    public string Log => In("log", "apphost.log");

    public IReadOnlyDictionary<string, int> Ports { get; } =
        Known.ToDictionary(k => k.Key, k => Chosen(k.Key, k.Value.Usual, k.Value.Offset));

    public string In(params string[] parts) => Path.Combine([Local, .. parts]);

    public string Address(string name) => $"http://127.0.0.1:{Text(Ports[name])}";

    /// <summary>A private server takes any free port unless one is asked for.</summary>
    public static int? PortOf(string name) =>
        int.TryParse(Variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    public string Assembly(string project, string name) =>
        Path.Combine(Root, "artifacts", "bin", project, "release", $"{name}.dll");

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Chosen(string name, int usual, int offset) =>
        PortOf(name) ?? (PortOf("base") is { } common ? common + offset : usual);

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"STEADY_PORT_{name.Replace('-', '_').ToUpperInvariant()}");

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Platform.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName
            ?? throw new UserError("Platform.sln was not found above the launcher. Run ./up of a checkout.");
    }
}

/// <summary>Something the person at the keyboard can mend; the message says how.</summary>
internal sealed class UserError(string message) : Exception(message);
