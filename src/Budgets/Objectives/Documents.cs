using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

/// <summary>Documents of stored objectives. Pure.</summary>
internal static class Documents
{
    /// <summary>The v1 document that says a revision.</summary>
    public static Node Of(string name, Revision revision) =>
        revision.Document is { } kept ? Parse(kept) : Simple(name, revision);

    public static Node Parse(string kept) => OpenSloText.Read(kept, Mode.Strict, Format.Json).Documents[0].Node;

    // Objectives of the first version were kept without their document; this one says the same.
    private static MapNode Simple(string name, Revision revision) =>
        Nodes.Map(
            ("apiVersion", new TextNode(Dialect.V1.Version)),
            ("kind", new TextNode("SLO")),
            ("metadata", Nodes.Map(("name", new TextNode(name)), ("displayName", new TextNode(revision.DisplayName)))),
            (
                "spec",
                Nodes.Map(
                    ("service", new TextNode(revision.Service)),
                    ("indicatorRef", new TextNode(revision.Sli)),
                    (
                        "timeWindow",
                        new ListNode([
                            Nodes.Map(
                                ("duration", new TextNode(revision.Terms.Windows[0].Duration)),
                                ("isRolling", new TruthNode(true))
                            ),
                        ])
                    ),
                    ("budgetingMethod", new TextNode("Occurrences")),
                    (
                        "objectives",
                        new ListNode([
                            Nodes.Map(
                                (
                                    "target",
                                    new NumberNode(
                                        revision.Terms.Target.ToString(
                                            System.Globalization.CultureInfo.InvariantCulture
                                        )
                                    )
                                )
                            ),
                        ])
                    )
                )
            )
        );
}
