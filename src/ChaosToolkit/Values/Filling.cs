using Steady.ChaosToolkit.Rules;
using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>An accepted experiment as it would run: every <c>${name}</c> filled in, every reference replaced by its activity.</summary>
public static class Filling
{
    public static Node Of(Node root, IReadOnlyDictionary<string, string>? environment = null)
    {
        var place = new Place("", root);
        var settings = SettingRules.Check(new Findings(), place, environment ?? new Dictionary<string, string>());
        var activities = place["steady-state-hypothesis"]
            ["probes"]
            .Items()
            .Concat(place["method"].Items())
            .Concat(place["rollbacks"].Items())
            .Where(activity => !activity["ref"].IsThere && activity["name"].Text is not null)
            .DistinctBy(activity => activity["name"].Text)
            .ToDictionary(activity => activity["name"].Text!, activity => activity.Node!);
        return Fill(root, settings, activities);
    }

    private static Node Fill(Node node, Settings settings, IReadOnlyDictionary<string, Node> activities) =>
        node switch
        {
            // An activity that is referred to is no reference itself, so this ends.
            MapNode map when map["ref"] is TextNode name && activities.TryGetValue(name.Value, out var named) => Fill(
                named,
                settings,
                activities
            ),
            MapNode map => new MapNode([
                .. map.Members.Select(member =>
                    KeyValuePair.Create(member.Key, Fill(member.Value, settings, activities))
                ),
            ]),
            ListNode list => new ListNode([.. list.Items.Select(item => Fill(item, settings, activities))]),
            TextNode => settings.Fill(new Place("", node)).Node!,
            _ => node,
        };
}
