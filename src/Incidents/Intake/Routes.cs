using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>What becomes of alerts was set. The whole document, so that each version can be read by itself.</summary>
public sealed record AlertRoutesSet(
    IReadOnlyList<AlertRoute> Routes,
    IReadOnlyList<string> ServiceLabels,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The one document that says what becomes of alerts.</summary>
public sealed record AlertRouting
{
    public static readonly Guid Stream = StableId.From("alert-routes");

    public Guid Id { get; init; }
    public long Version { get; init; }
    public required AlertRoutesSet Current { get; init; }

    public static AlertRouting Create(AlertRoutesSet e) => new() { Current = e };

    public AlertRouting Apply(AlertRoutesSet e) => this with { Current = e };
}

/// <summary>What a route says of an alert.</summary>
public sealed record Routed(string Service, Severity? Severity, string? GroupedBy = null, int? WindowMinutes = null);

/// <summary>The routes, ready to be asked. Pure.</summary>
public sealed class Routes
{
    private const int LongestService = 100;
    private readonly Grouping grouping;
    private readonly IReadOnlyList<string> serviceLabels;
    private readonly IReadOnlyList<(AlertRoute Route, IReadOnlyList<Matcher> Matchers)> routes;

    private Routes(
        IReadOnlyList<string> serviceLabels,
        IReadOnlyList<(AlertRoute Route, IReadOnlyList<Matcher> Matchers)> routes,
        Grouping grouping
    ) => (this.serviceLabels, this.routes, this.grouping) = (serviceLabels, routes, grouping);

    /// <summary>
    /// What a Steady begins with. What calls itself critical pages, what calls itself a warning or less is recorded; an alert
    /// that says nothing was sent here to be seen.
    /// </summary>
    public static SetAlertRoutes First { get; } =
        new(
            [
                new(AlertAction.Declare, Severity.Sev2, ["severity=~\"critical|page|emergency|fatal\""]),
                new(AlertAction.Record, Matchers: ["severity=~\"warning|minor|low|ticket|info|none|debug\""]),
                new(AlertAction.Declare, Severity.Sev3),
            ],
            ["service", "job"],
            "What a Steady begins with."
        );

    /// <summary>The routes of a document that was found to be right.</summary>
    public static Routes Of(
        IReadOnlyList<AlertRoute> routes,
        IReadOnlyList<string> serviceLabels,
        Grouping? grouping = null
    ) =>
        new(
            serviceLabels,
            [.. routes.Select(route => (route, Read(route).ToList().ConvertAll(one => one.Matcher!)))],
            grouping ?? Grouping.Of([])
        );

    /// <summary>What is wrong with a document, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(SetAlertRoutes document)
    {
        for (var i = 0; i < document.Routes.Count; i++)
        {
            var route = document.Routes[i];
            if (route.Do == AlertAction.Declare && route.Severity is null)
                yield return ($"routes[{i}].severity", "An incident has a severity. Give sev1, sev2, sev3 or sev4.");
            if (route.Do == AlertAction.Record && route.Severity is not null)
                yield return ($"routes[{i}].severity", "What is only recorded has no severity. Leave it out.");
            foreach (var (problem, at) in Read(route).Select((one, at) => (one.Problem, at)))
            {
                if (problem is not null)
                    yield return ($"routes[{i}].matchers[{at}]", problem);
            }
        }

        for (var i = 0; i < document.ServiceLabels.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(document.ServiceLabels[i]))
                yield return ($"serviceLabels[{i}]", "A label has a name.");
        }
    }

    /// <summary>Which service an alert is about, how bad it is (null where it is only recorded), and with which others it belongs.</summary>
    public Routed Of(string integration, IReadOnlyDictionary<string, string> labels)
    {
        var route = routes.FirstOrDefault(one => one.Matchers.All(matcher => matcher.Holds(labels))).Route;
        var service = route?.Service ?? Labelled(labels) ?? integration;
        service = service.Length > LongestService ? service[..LongestService] : service;
        if (route is not { Do: AlertAction.Declare })
            return new Routed(service, null);
        var lot = grouping.Of(service, labels);
        return new Routed(service, route.Severity, lot.By, lot.WindowMinutes);
    }

    private string? Labelled(IReadOnlyDictionary<string, string> labels) =>
        serviceLabels
            .Select(name => labels.GetValueOrDefault(name))
            .FirstOrDefault(service => !string.IsNullOrWhiteSpace(service));

    private static IEnumerable<(Matcher? Matcher, string? Problem)> Read(AlertRoute route) =>
        (route.Matchers ?? []).Select(Matcher.Read);
}
