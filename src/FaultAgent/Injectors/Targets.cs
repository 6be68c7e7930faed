namespace Steady.FaultAgent.Injectors;

/// <summary>
/// Something that may be broken, as the configuration lists it: <c>Targets:0:Name</c>, <c>:Injector</c> and what that
/// injector needs to find it. What is not listed cannot be broken.
/// </summary>
public sealed class Target
{
    public string Name { get; set; } = "";

    /// <summary>Which injector: process, postgres, rabbitmq, port or service.</summary>
    public string Injector { get; set; } = "";

    /// <summary>Of a process: the TCP port it listens on. Of a port: the port.</summary>
    public int Port { get; set; }

    /// <summary>Of a process: a file with its id, when it listens on nothing.</summary>
    public string? PidFile { get; set; }

    /// <summary>Of PostgreSQL: a connection string of a role that may do what is wanted, into the database that is meant.</summary>
    public string? Connection { get; set; }

    /// <summary>Of PostgreSQL: the table to lock, with its schema.</summary>
    public string? Table { get; set; }

    /// <summary>Of RabbitMQ: address of the management API, with user and password.</summary>
    public string? Management { get; set; }

    /// <summary>Of RabbitMQ: the virtual host whose connections are meant.</summary>
    public string? VirtualHost { get; set; }
}

/// <summary>All targets by name.</summary>
public sealed class Targets
{
    private static readonly string[] Known =
    [
        ProcessInjector.Name,
        PostgresInjector.Name,
        RabbitInjector.Name,
        PortInjector.Name,
        ServiceInjector.Name,
    ];

    private readonly Dictionary<string, Target> all = new(StringComparer.Ordinal);

    public Targets(IConfiguration configuration)
    {
        foreach (var target in configuration.GetSection("Targets").Get<Target[]>() ?? [])
        {
            if (target.Name.Length == 0 || !all.TryAdd(target.Name, target))
                throw new InvalidOperationException(
                    $"Targets lists '{target.Name}' without a name of its own. Give each target one."
                );
            if (!Known.Contains(target.Injector))
                throw new InvalidOperationException(
                    $"Targets: {target.Name} has the injector '{target.Injector}'. {string.Join(", ", Known)} are known."
                );
        }
    }

    public IReadOnlyList<string> Of(string injector) =>
        [
            .. all
                .Values.Where(target => target.Injector == injector)
                .Select(target => target.Name)
                .Order(StringComparer.Ordinal),
        ];

    public IReadOnlyList<Target> All(string injector) => [.. all.Values.Where(target => target.Injector == injector)];

    public Target? Find(string injector, string name) =>
        all.GetValueOrDefault(name) is { } target && target.Injector == injector ? target : null;
}
