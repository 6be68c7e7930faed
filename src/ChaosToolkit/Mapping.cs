namespace Steady.ChaosToolkit;

/// <summary>What a function of a Python extension becomes here. Python is never run.</summary>
internal enum Stands
{
    /// <summary>Nothing: refused.</summary>
    ForNothing,
    ForMetricProbe,
    ForFileProbe,
    ForFaultProxy,
    ForAbortCriteria,
}

internal static class Mapping
{
    public const string Safeguards = "chaosaddons.controls.safeguards";

    public static Stands Of(string module, string function) =>
        (module, function) switch
        {
            ("chaosprometheus.probes", "query" or "query_interval") => Stands.ForMetricProbe,
            ("os.path", "exists") => Stands.ForFileProbe,
            (Safeguards, _) => Stands.ForAbortCriteria,
            _ when IsFaultProxy(module) => Stands.ForFaultProxy,
            _ => Stands.ForNothing,
        };

    /// <summary>The sentence that leads on from what is refused.</summary>
    public static string Nearest(string module, string function) =>
        module.Split('.')[0] switch
        {
            "chaosk8s" when function.StartsWith("terminate_pods", StringComparison.Ordinal) =>
                "Its nearest here is a process kill: stop the service's process under a guard.",
            "chaosk8s" =>
                "Its nearest here is a fault on the edge to the service: chaostoxi.toxic.actions.create_toxic.",
            "chaosprometheus" => "Its nearest here is chaosprometheus.probes.query or query_interval.",
            "chaostoxi" => "Its nearest here is a toxic: chaostoxi.toxic.actions.create_toxic.",
            "chaosaddons" => $"Its nearest here is {Safeguards}, as a control.",
            "os" or "shutil" or "pathlib" =>
                "Files are only looked at here: os.path.exists. Break the connection to what reads the file instead.",
            "requests" or "urllib" or "httpx" => "Its nearest here is the http provider.",
            "subprocess" => "Its nearest here is the process provider.",
            _ =>
                "What is known here: chaosprometheus.probes.query and query_interval, os.path.exists, chaostoxi.*, chaosaddons.controls.safeguards; or use the http provider.",
        };

    private static bool IsFaultProxy(string module) =>
        module is "chaostoxi.toxic.actions" or "chaostoxi.proxy.actions" or "chaostoxi.proxy.probes";
}
