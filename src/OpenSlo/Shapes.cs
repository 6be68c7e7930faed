namespace Steady.OpenSlo;

/// <summary>The members of every kind in every version, in the order in which they are written out.</summary>
internal static class Shapes
{
    private static readonly TextShape Text = new();
    private static readonly NumberShape Number = new();
    private static readonly TruthShape Truth = new();

    public static string Units(bool v2) => v2 ? "mhdw" : "mhdwMQY";

    public static Dictionary<string, ObjectShape> V1Alpha()
    {
        var metadata = Object(("name", Text), ("displayName", Text));
        var source = Object(("source", Text), ("queryType", Text), ("query", Text));
        var window = Object(("unit", Text), ("count", new WholeShape()), ("isRolling", Truth), ("calendar", Calendar));
        var objective = Object(
            ("displayName", Text),
            ("op", Text),
            ("value", Number),
            ("target", Number),
            ("timeSliceTarget", Number),
            (
                "ratioMetrics",
                Object(("incremental", Truth), ("counter", Truth), ("good", source), ("total", source)).AsOptional()
            )
        );
        var slo = Object(
            ("description", Text),
            ("service", Text),
            ("indicator", Object(("thresholdMetric", source)).AsOptional()),
            ("timeWindows", new ListShape(window)),
            ("budgetingMethod", Text),
            ("objectives", new ListShape(objective))
        );
        return new()
        {
            ["SLO"] = Root("SLO", metadata, slo),
            ["Service"] = Root("Service", metadata, Object(("description", Text))),
        };
    }

    public static Dictionary<string, ObjectShape> Of(bool v2)
    {
        var metadata = v2
            ? Object(("name", Text), ("labels", new TextsShape()), ("annotations", new TextsShape()))
            : Object(
                ("name", Text),
                ("displayName", Text),
                ("labels", new TextsShape(Lists: true)),
                ("annotations", new TextsShape())
            );
        var source = Object(("description", Text), ("type", Text), ("connectionDetails", new AnyShape()));
        var sli = Sli(v2, source);
        var target = Object(("description", Text), ("target", Text));
        var condition = Condition(v2);
        var policy = Policy(metadata, condition, target);
        return new()
        {
            ["SLO"] = Root("SLO", metadata, Slo(v2, metadata, sli, policy)),
            ["SLI"] = Root("SLI", metadata, sli),
            ["DataSource"] = Root("DataSource", metadata, source),
            ["Service"] = Root("Service", metadata, Object(("description", Text))),
            ["AlertPolicy"] = Root("AlertPolicy", metadata, policy),
            ["AlertCondition"] = Root("AlertCondition", metadata, condition),
            ["AlertNotificationTarget"] = Root("AlertNotificationTarget", metadata, target),
        };
    }

    private static ObjectShape Calendar => Object(("startTime", Text), ("timeZone", Text)).AsOptional();

    private static ObjectShape Slo(bool v2, ObjectShape metadata, ObjectShape sli, ObjectShape policy)
    {
        var (name, reference) = v2 ? ("sli", "sliRef") : ("indicator", "indicatorRef");
        var inline = Object(("metadata", metadata), ("spec", sli)).AsOptional();
        var duration = new DurationShape(Units(v2));
        var window = Object(("duration", duration), ("isRolling", Truth), ("calendar", Calendar));
        var objective = Object(
            ("displayName", Text),
            ("op", Text),
            ("value", Number),
            ("target", Number),
            ("targetPercent", Number),
            ("timeSliceTarget", Number),
            ("timeSliceWindow", duration with { Optional = true }),
            (name, inline),
            (reference, new TextShape(Optional: true)),
            ("compositeWeight", Number)
        );
        return Object(
            ("description", Text),
            (v2 ? "serviceRef" : "service", Text),
            (name, inline),
            (reference, new TextShape(Optional: true)),
            ("timeWindow", new ListShape(window)),
            ("budgetingMethod", Text),
            ("objectives", new ListShape(objective)),
            ("alertPolicies", new ListShape(Choice("alertPolicyRef", "AlertPolicy", metadata, policy)))
        );
    }

    private static ObjectShape Sli(bool v2, ObjectShape dataSource)
    {
        var source = Object(("metricSourceRef", Text), ("type", Text), ("spec", new FreeShape()));
        var metric = v2
            ? Object(("dataSourceRef", Text), ("dataSourceSpec", dataSource.AsOptional()), ("spec", new FreeShape()))
                .AsOptional()
            : Object(("metricSource", source)).AsOptional();
        var ratio = Object(
                ("counter", Truth),
                ("good", metric),
                ("bad", metric),
                ("total", metric),
                ("rawType", Text),
                ("raw", metric)
            )
            .AsOptional();
        return Object(("description", Text), ("thresholdMetric", metric), ("ratioMetric", ratio));
    }

    private static ObjectShape Condition(bool v2)
    {
        var duration = new DurationShape(Units(v2));
        var condition = Object(
            ("kind", Text),
            ("op", Text),
            ("threshold", Number),
            ("lookbackWindow", duration),
            ("alertAfter", duration with { Optional = !v2 })
        );
        return Object(("description", Text), ("severity", Text), ("condition", condition));
    }

    private static ObjectShape Policy(ObjectShape metadata, ObjectShape condition, ObjectShape target) =>
        Object(
            ("description", Text),
            ("alertWhenNoData", Truth),
            ("alertWhenBreaching", Truth),
            ("alertWhenResolved", Truth),
            ("conditions", new ListShape(Choice("conditionRef", "AlertCondition", metadata, condition))),
            ("notificationTargets", new ListShape(Choice("targetRef", "AlertNotificationTarget", metadata, target)))
        );

    // A reference, or the object itself: the members of both, and a rule that says which.
    private static ObjectShape Choice(string reference, string kind, ObjectShape metadata, ObjectShape spec) =>
        Object((reference, Text), ("kind", new KindShape(kind)), ("metadata", metadata), ("spec", spec));

    private static ObjectShape Root(string kind, ObjectShape metadata, ObjectShape spec) =>
        Object(("apiVersion", Text), ("kind", new KindShape(kind)), ("metadata", metadata), ("spec", spec));

    private static ObjectShape Object(params (string Name, Shape Shape)[] fields) =>
        new([.. fields.Select(field => new Field(field.Name, field.Shape))]);
}
