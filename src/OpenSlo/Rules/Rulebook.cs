namespace Steady.OpenSlo.Rules;

/// <summary>The rules of the official SDK, by version and kind. They are asked only about what could be decoded.</summary>
internal static class Rulebook
{
    public const int Description = 1050;

    public static void Check(Findings to, Place root, Dialect dialect, string kind)
    {
        Metadata(to, root["metadata"], dialect);
        var spec = root["spec"];
        switch (kind)
        {
            case "SLO" when dialect == Dialect.V1Alpha:
                V1AlphaRules.Slo(to, spec);
                break;
            case "SLO":
                SloRules.Check(to, spec, dialect);
                break;
            case "SLI":
                SliRules.Check(to, spec, dialect);
                break;
            case "DataSource":
                if (dialect != Dialect.V2Alpha || to.Required(spec))
                    SliRules.DataSource(to, spec);
                break;
            case "AlertPolicy":
                AlertRules.Policy(to, spec, dialect);
                break;
            case "AlertCondition":
                if (to.Required(spec))
                    AlertRules.Condition(to, spec, dialect);
                break;
            case "AlertNotificationTarget":
                if (dialect != Dialect.V2Alpha || to.Required(spec))
                    AlertRules.Target(to, spec);
                break;
            default:
                to.Longest(spec["description"], Description);
                break;
        }
    }

    public static void Metadata(Findings to, Place metadata, Dialect dialect)
    {
        if (!to.Required(metadata))
            return;
        if (to.Required(metadata["name"]))
            to.DnsLabel(metadata["name"]);
        to.Longest(metadata["displayName"], 63);
        KeyRules.Labels(to, metadata["labels"], dialect);
        KeyRules.Annotations(to, metadata["annotations"], dialect);
    }

    /// <summary>A reference or the object itself, never both.</summary>
    public static void Choice(
        Findings to,
        Place place,
        string reference,
        string kind,
        Dialect dialect,
        Action<Findings, Place> spec
    )
    {
        var inline = place.Has("kind") || place.Has("metadata") || place.Has("spec");
        if (!to.Exclusive(place, true, (reference, place.Has(reference)), ("kind, metadata and spec", inline)))
            return;
        if (!inline)
        {
            if (to.Required(place[reference]))
                to.DnsLabel(place[reference]);
            return;
        }

        if (to.Required(place["kind"]) && place["kind"].Text != kind)
            to.Add(place["kind"], "equal_to", $"This is not {kind}.", $"{kind}.");
        Metadata(to, place["metadata"], dialect);
        if (to.Required(place["spec"]))
            spec(to, place["spec"]);
    }
}
