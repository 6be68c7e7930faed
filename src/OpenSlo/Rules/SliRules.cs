namespace Steady.OpenSlo.Rules;

internal static class SliRules
{
    public static void Check(Findings to, Place spec, Dialect dialect)
    {
        to.Longest(spec["description"], Rulebook.Description);
        var (threshold, ratio) = (spec["thresholdMetric"], spec["ratioMetric"]);
        to.Exclusive(spec, true, ("thresholdMetric", threshold.IsThere), ("ratioMetric", ratio.IsThere));
        if (threshold.IsThere)
            Metric(to, threshold, dialect);
        if (ratio.IsThere)
            Ratio(to, ratio, dialect);
    }

    public static void DataSource(Findings to, Place spec)
    {
        to.Longest(spec["description"], Rulebook.Description);
        to.Required(spec["type"]);
        to.Required(spec["connectionDetails"]);
    }

    // The first thing that is wrong with a ratio is all that is told of it: what follows depends on it.
    private static void Ratio(Findings to, Place ratio, Dialect dialect)
    {
        var (raw, total) = (ratio["raw"].IsThere, ratio["total"].IsThere);
        var (good, bad) = (ratio["good"].IsThere, ratio["bad"].IsThere);
        if (!to.Exclusive(ratio, true, ("total", total), ("raw", raw)))
            return;
        if (!to.Exclusive(ratio, false, ("raw", raw), ("good", good), ("bad", bad)))
            return;
        if (raw)
        {
            Metric(to, ratio["raw"], dialect);
            if (to.Required(ratio["rawType"]))
                to.OneOf(ratio["rawType"], "success", "failure");
            return;
        }

        if (!good && !bad)
        {
            to.Add(ratio, "one_of_properties", "There is neither good nor bad.", "good or bad beside total.");
            return;
        }

        foreach (var metric in (Place[])[ratio["total"], ratio["good"], ratio["bad"]])
        {
            if (metric.IsThere && !Metric(to, metric, dialect))
                return;
        }
    }

    private static bool Metric(Findings to, Place metric, Dialect dialect)
    {
        var before = to.All.Count;
        if (dialect == Dialect.V2Alpha)
            Sourced(to, metric);
        else if (to.Required(metric["metricSource"]))
            Source(to, metric["metricSource"]);
        return to.All.Count == before;
    }

    private static void Source(Findings to, Place source)
    {
        if (!source["metricSourceRef"].IsZero)
            to.DnsLabel(source["metricSourceRef"]);
        var spec = source["spec"];
        if (to.Required(spec) && !spec.Members().Any())
            to.Add(spec, "map_min_length", "The object is empty.", spec.Shape!.Accepted);
    }

    private static void Sourced(Findings to, Place metric)
    {
        var (reference, source) = (metric["dataSourceRef"], metric["dataSourceSpec"]);
        to.Exclusive(metric, true, ("dataSourceRef", !reference.IsZero), ("dataSourceSpec", source.IsThere));
        if (!reference.IsZero)
            to.DnsLabel(reference);
        if (source.IsThere)
            DataSource(to, source);
    }
}
