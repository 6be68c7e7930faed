using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>Which alerts make one incident was set. The whole document, so that each version can be read by itself.</summary>
public sealed record AlertGroupingSet(
    IReadOnlyList<AlertGroupingRule> Rules,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The one document that says which alerts make one incident.</summary>
public sealed record AlertGrouping
{
    public static readonly Guid Stream = StableId.From("alert-grouping");

    public Guid Id { get; init; }
    public long Version { get; init; }
    public required AlertGroupingSet Current { get; init; }

    public static AlertGrouping Create(AlertGroupingSet e) => new() { Current = e };

    public AlertGrouping Apply(AlertGroupingSet e) => this with { Current = e };
}

/// <summary>What alerts of a service have in common that share an incident.</summary>
/// <param name="By">Labels and values; null for the service alone.</param>
/// <param name="WindowMinutes">How long after it was declared an incident takes more of them; null while it is open.</param>
public sealed record Lot(string? By, int? WindowMinutes)
{
    public static Lot Service { get; } = new(null, null);
}

/// <summary>The rules, ready to be asked. Pure.</summary>
public sealed class Grouping
{
    private const int LongestValue = 100;
    private readonly IReadOnlyList<(AlertGroupingRule Rule, IReadOnlyList<Matcher> Matchers)> rules;

    private Grouping(IReadOnlyList<(AlertGroupingRule Rule, IReadOnlyList<Matcher> Matchers)> rules) =>
        this.rules = rules;

    /// <summary>What a Steady begins with: a service has one incident.</summary>
    public static SetAlertGrouping First { get; } = new([], "What a Steady begins with.");

    /// <summary>The rules of a document that was found to be right.</summary>
    public static Grouping Of(IReadOnlyList<AlertGroupingRule> rules) =>
        new([.. rules.Select(rule => (rule, Read(rule).ToList().ConvertAll(one => one.Matcher!)))]);

    /// <summary>What is wrong with a document, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(IReadOnlyList<AlertGroupingRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var (problem, at) in Read(rules[i]).Select((one, at) => (one.Problem, at)))
                if (problem is not null)
                    yield return ($"rules[{i}].matchers[{at}]", problem);
            for (var at = 0; at < rules[i].By.Count; at++)
                if (string.IsNullOrWhiteSpace(rules[i].By[at]))
                    yield return ($"rules[{i}].by[{at}]", "A label has a name.");
            if (i < rules.Count - 1 && rules[i] is { Matchers: null or { Count: 0 }, Services: null or { Count: 0 } })
                yield return (
                    $"rules[{i}]",
                    "This rule is for every alert, so those after it are for none. Put it last."
                );
        }
    }

    /// <summary>With which others an alert shares its incident.</summary>
    public Lot Of(string service, IReadOnlyDictionary<string, string> labels)
    {
        var rule = rules
            .FirstOrDefault(one =>
                (one.Rule.Services is not { Count: > 0 } only || only.Contains(service))
                && one.Matchers.All(matcher => matcher.Holds(labels))
            )
            .Rule;
        if (rule is null)
            return Lot.Service;
        var by = rule
            .By.Distinct()
            .Order(StringComparer.Ordinal)
            .Select(label => $"{label}=\"{Short(labels.GetValueOrDefault(label, ""))}\"")
            .ToList();
        return new Lot(by.Count == 0 ? null : string.Join(", ", by), rule.WindowMinutes);
    }

    /// <summary>
    /// The incidents that alerts would have made, in the order in which they came. Nobody knows when people would have resolved them: one
    /// is taken as over when all its alerts are.
    /// </summary>
    public IReadOnlyList<AlertGroupPreview> Play(IEnumerable<Alert> alerts)
    {
        var made = new List<Made>();
        var open = new Dictionary<(string, string?), Made>();
        foreach (var alert in alerts.OrderBy(one => one.ReceivedAt))
        {
            var lot = Of(alert.Service, alert.Fired.Labels);
            if (!open.TryGetValue((alert.Service, lot.By), out var one) || !one.Takes(alert, lot))
                made.Add(open[(alert.Service, lot.By)] = one = new Made(alert.Service, lot.By, alert.ReceivedAt));
            one.Add(alert);
        }

        return [.. made.Select(one => one.View())];
    }

    private static string Short(string value) => value.Length > LongestValue ? value[..LongestValue] : value;

    private static IEnumerable<(Matcher? Matcher, string? Problem)> Read(AlertGroupingRule rule) =>
        (rule.Matchers ?? []).Select(Matcher.Read);

    private sealed class Made
    {
        private const int MostNames = 10;
        private readonly string service;
        private readonly string? by;
        private readonly DateTimeOffset declaredAt;
        private readonly SortedSet<string> names = new(StringComparer.Ordinal);
        private int count;
        private DateTimeOffset last;
        private DateTimeOffset over;

        public Made(string service, string? by, DateTimeOffset declaredAt)
        {
            (this.service, this.by, this.declaredAt) = (service, by, declaredAt);
            (last, over) = (declaredAt, declaredAt);
        }

        public bool Takes(Alert alert, Lot lot) =>
            alert.ReceivedAt <= over
            && (lot.WindowMinutes is not { } window || alert.ReceivedAt - declaredAt <= TimeSpan.FromMinutes(window));

        public void Add(Alert alert)
        {
            count++;
            last = alert.ReceivedAt;
            var end = alert.EndsAt ?? DateTimeOffset.MaxValue;
            over = end > over ? end : over;
            names.Add(alert.Name);
        }

        public AlertGroupPreview View() => new(service, by, count, [.. names.Take(MostNames)], declaredAt, last);
    }
}
