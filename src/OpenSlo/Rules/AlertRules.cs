namespace Steady.OpenSlo.Rules;

internal static class AlertRules
{
    public static readonly string[] Operators = ["gt", "lt", "gte", "lte"];

    public static void Policy(Findings to, Place spec, Dialect dialect)
    {
        to.Longest(spec["description"], Rulebook.Description);
        to.Count(spec["conditions"], 1, 1);
        foreach (var condition in spec["conditions"].Items())
            Rulebook.Choice(
                to,
                condition,
                "conditionRef",
                "AlertCondition",
                dialect,
                (findings, inner) => Condition(findings, inner, dialect)
            );
        to.Count(spec["notificationTargets"], 1, null);
        foreach (var target in spec["notificationTargets"].Items())
            Rulebook.Choice(to, target, "targetRef", "AlertNotificationTarget", dialect, Target);
    }

    public static void Target(Findings to, Place spec)
    {
        to.Required(spec["target"]);
        to.Longest(spec["description"], Rulebook.Description);
    }

    public static void Condition(Findings to, Place spec, Dialect dialect)
    {
        to.Longest(spec["description"], Rulebook.Description);
        to.Required(spec["severity"]);
        var condition = spec["condition"];
        if (!to.Required(condition))
            return;
        var kind = condition["kind"];
        if (to.Required(kind))
            to.OneOf(kind, "burnrate");
        if (kind.Text != "burnrate")
            return;
        Operator(to, condition["op"]);
        to.Required(condition["threshold"]);
        if (to.Required(condition["lookbackWindow"]))
            to.Duration(condition["lookbackWindow"], dialect);
        var after = condition["alertAfter"];
        if (dialect == Dialect.V2Alpha ? to.Required(after) : after.IsThere)
            to.Duration(after, dialect);
    }

    public static void Operator(Findings to, Place op)
    {
        if (to.Required(op))
            to.OneOf(op, Operators);
    }
}
