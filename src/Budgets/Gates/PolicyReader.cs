using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

/// <summary>What a policy document says, or everything that is wrong with it.</summary>
public sealed record PolicyReading(string? Name, GatePolicyTerms? Terms, IReadOnlyList<Finding> Findings);

/// <summary>Reads a gate policy, whole: nothing of a document with a finding is kept. Pure.</summary>
public static class PolicyReader
{
    public const string ApiVersion = "steady.dev/v1";
    public const string Kind = "GatePolicy";
    private const string Pattern = "A name or a pattern with * and ?, at most 60 characters.";
    private const string Change = "Kinds of change, for example p0-fix.";

    public static PolicyReading Read(string text)
    {
        var findings = new List<Finding>();
        if (PolicyPlace.Root(text, findings) is not { } root)
            return new(null, null, findings);
        root.Only("apiVersion", "kind", "metadata", "spec");
        Exactly(root.Member("apiVersion"), ApiVersion);
        Exactly(root.Member("kind"), Kind);
        var name = Name(root.Member("metadata").Only("name").Member("name"));
        var terms = Terms(root.Member("spec"));
        return findings.Count == 0 ? new(name, terms, []) : new(name, null, findings);
    }

    /// <summary>Whether this is a name under which a policy is kept.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 60 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void Exactly(PolicyPlace place, string wanted)
    {
        if (place.Text(wanted) is { } text && text != wanted)
            place.Wrong($"This is {text}.", wanted);
    }

    private static string? Name(PolicyPlace place)
    {
        const string accepted = "Lower-case letters, digits and hyphens, at most 60.";
        if (place.Text(accepted) is not { } name)
            return null;
        if (!IsName(name))
            place.Wrong("This is no name of a policy.", accepted);
        return name;
    }

    private static GatePolicyTerms Terms(PolicyPlace spec)
    {
        spec.Only("services", "environments", "rules", "freezes", "data", "validFor", "overrides", "waivers");
        if (!spec.Exists)
            spec.Wrong("This is missing.", "The rules of the policy.");
        var data = spec.Member("data").Only("fail", "staleAfter");
        var overrides = spec.Member("overrides").Only("allowed", "atMost");
        var waivers = spec.Member("waivers");
        var rules = spec.Member("rules").Items().Select(Rule).ToList();
        Unique(spec.Member("rules"), rules.Select(rule => rule.Name));
        return new(
            Patterns(spec.Member("services")),
            Patterns(spec.Member("environments")),
            rules,
            [.. spec.Member("freezes").Items().Select(Freeze)],
            data.Exists ? data.Member("fail").Word<FailureMode>() : null,
            Optional(data.Member("staleAfter"), place => place.Length()),
            Optional(spec.Member("validFor"), Validity) ?? "5m",
            new(
                !overrides.Member("allowed").Exists || overrides.Member("allowed").Flag() == true,
                Optional(overrides.Member("atMost"), place => place.Length()) ?? "4h"
            ),
            waivers.Exists ? waivers.Words<AdjustmentCategory>() : null
        );
    }

    private static IReadOnlyList<string> Patterns(PolicyPlace place) => place.Exists ? place.Texts(Pattern) : ["*"];

    private static string? Validity(PolicyPlace place)
    {
        var length = place.Length();
        if (length is not null && Burn.Window.Parse(length).Length > TimeSpan.FromDays(1))
            place.Wrong("An answer is not valid for that long.", "At most 1d.");
        return length;
    }

    private static GateRule Rule(PolicyPlace place)
    {
        place.Only("name", "when", "then", "actions", "except", "reason");
        return new(
            place.Member("name").Text("A name, unique in the policy.", 60) ?? "",
            Condition(place.Member("when")),
            place.Member("then").Word(GateVerdict.Warn, GateVerdict.Deny) ?? GateVerdict.Deny,
            place.Member("actions").Words<GateAction>(),
            place.Member("except").Texts(Change),
            Optional(place.Member("reason"), reason => reason.Text("A sentence."))
        );
    }

    private static GateCondition Condition(PolicyPlace when)
    {
        string[] names =
        [
            "exhausted",
            "remainingBelow",
            "alertOpen",
            "burnRateAbove",
            "expectedSpendAboveRemaining",
            "dataOlderThan",
            "spentAbove",
            "incidentAbove",
            "classAbove",
        ];
        when.Only(names);
        if (names.Count(name => when.Member(name).Exists) != 1)
            when.Wrong("A rule has exactly one condition.", $"One of {string.Join(", ", names)}.");
        return new(
            True(when.Member("exhausted")),
            Value(when.Member("remainingBelow"), place => place.Number(0, 1)),
            Value(when.Member("alertOpen"), place => place.Word<AlertLevel>()),
            Optional(when.Member("burnRateAbove"), BurnRate),
            True(when.Member("expectedSpendAboveRemaining")),
            Optional(when.Member("dataOlderThan"), place => place.Length()),
            Optional(when.Member("spentAbove"), Spent),
            Optional(when.Member("incidentAbove"), Spent),
            Optional(when.Member("classAbove"), Spent)
        );
    }

    private static BurnAbove? BurnRate(PolicyPlace place)
    {
        place.Only("window", "factor");
        var (window, factor) = (place.Member("window").Length(), place.Member("factor").Number(0, 1_000_000));
        return window is null || factor is null ? null : new(window, factor.Value);
    }

    private static SpentAbove? Spent(PolicyPlace place)
    {
        place.Only("share", "within");
        var (share, within) = (place.Member("share").Number(0, 1_000), place.Member("within").Length());
        return within is null || share is null ? null : new(share.Value, within);
    }

    private static CalendarFreeze Freeze(PolicyPlace place)
    {
        place.Only("name", "from", "to", "timeZone", "then", "actions", "except");
        var freeze = new CalendarFreeze(
            place.Member("name").Text("A name.", 60) ?? "",
            place.Member("from").Text(Freezing.Form, 30) ?? "",
            place.Member("to").Text(Freezing.Form, 30) ?? "",
            place.Member("timeZone").Text("An IANA zone, for example Europe/Berlin.", 60) ?? "",
            place.Member("then").Exists
                ? place.Member("then").Word(GateVerdict.Warn, GateVerdict.Deny) ?? GateVerdict.Deny
                : GateVerdict.Deny,
            place.Member("actions").Words<GateAction>(),
            place.Member("except").Texts(Change)
        );
        foreach (var (member, message, accepted) in Freezing.Check(freeze))
            place.Member(member).Wrong(message, accepted);
        return freeze;
    }

    private static void Unique(PolicyPlace place, IEnumerable<string> names)
    {
        foreach (var twice in names.GroupBy(name => name).Where(same => same.Key.Length > 0 && same.Count() > 1))
            place.Wrong($"'{twice.Key}' is the name of {twice.Count()} rules.", "Names that are unique in the policy.");
    }

    private static bool? True(PolicyPlace place)
    {
        if (!place.Exists)
            return null;
        if (place.Flag() == false)
            place.Wrong("A condition that is false never holds.", "true, or no such rule.");
        return true;
    }

    private static T? Optional<T>(PolicyPlace place, Func<PolicyPlace, T?> read)
        where T : class => place.Exists ? read(place) : null;

    private static T? Value<T>(PolicyPlace place, Func<PolicyPlace, T?> read)
        where T : struct => place.Exists ? read(place) : null;
}
