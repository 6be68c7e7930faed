namespace Steady.Tests.Unit.ChaosToolkit;

/// <summary>Small experiments that are right but for what a test puts in.</summary>
internal static class Experiments
{
    public const string Probe =
        """{"type": "probe", "name": "front", "tolerance": 200, "provider": {"type": "http", "url": "http://front.example/"}}""";

    public static string With(
        string? probe = null,
        string? method = null,
        string? more = null,
        string rollbacks = "[" + Undo + "]"
    ) =>
        $$"""
            {
              "title": "The front survives",
              "description": "A slow back is no reason to fail.",
              {{more ?? ""}}
              "steady-state-hypothesis": {"title": "The front answers", "probes": [{{probe ?? Probe}}]},
              "method": [{{method ?? Undo}}],
              "rollbacks": {{rollbacks}}
            }
            """;

    public static string WithTolerance(string tolerance, string provider = Http) =>
        With($$"""{"type": "probe", "name": "front", "tolerance": {{tolerance}}, "provider": {{provider}}}""");

    public static string WithProvider(string provider) =>
        With(method: $$"""{"type": "action", "name": "break", "provider": {{provider}}}""");

    public const string Http = """{"type": "http", "url": "http://front.example/"}""";

    private const string Undo =
        """{"type": "action", "name": "undo", "provider": {"type": "http", "url": "http://back.example/undo", "method": "POST"}}""";
}
