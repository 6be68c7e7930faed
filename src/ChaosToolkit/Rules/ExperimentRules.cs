using Steady.OpenSlo;

namespace Steady.ChaosToolkit.Rules;

/// <summary>A whole experiment: everything that is wrong with it is found, not just the first.</summary>
internal static class ExperimentRules
{
    private static readonly string[] OldWords = ["probes", "action", "actions", "steps", "layer"];
    private static readonly string[] Hypothesis =
    [
        "default",
        "before-method-only",
        "after-method-only",
        "during-method-only",
        "continuously",
        "skip",
    ];

    public static void Check(Findings to, Place root, IReadOnlyDictionary<string, string> environment)
    {
        if (!root.IsMap)
        {
            to.Add(
                root,
                Codes.Shape,
                $"An experiment is an object with title, description and method; this is {root.Shown}."
            );
            return;
        }

        if (root.Has("experiment") && root.Has("run"))
        {
            to.Add(
                root,
                Codes.Shape,
                "This is the journal of a run. Give the experiment itself; it stands under 'experiment'."
            );
            return;
        }

        if (Legacy(to, root))
            return;
        Head(to, root);
        var settings = SettingRules.Check(to, root, environment);
        var rules = new ActivityRules(to, settings, Names(root));
        rules.Controls(root["controls"]);
        SteadyState(to, root["steady-state-hypothesis"], rules);
        Method(to, root, rules);
        Runtime(to, root["runtime"]);
    }

    // Before version 1.0 a method had steps, and a step had probes and an action of its own.
    private static bool Legacy(Findings to, Place root)
    {
        var steps = root["method"].Items().Append(root["steps"]);
        var found = false;
        foreach (var step in steps.Where(step => step.Node is ListNode || IsOld(step)))
        {
            found = true;
            to.Add(
                step,
                Codes.LegacyFormat,
                "This is the format from before Chaos Toolkit 1.0, with steps and layers. Write each probe and action as an activity of 'method', with type, name and provider."
            );
        }

        return found;
    }

    private static bool IsOld(Place step) =>
        step.IsMap
        && !step["ref"].IsThere
        && !step["provider"].IsThere
        && (step["type"].Text is "python" or "http" or "process" || OldWords.Any(step.Has));

    private static void Head(Findings to, Place root)
    {
        if (root["title"].Text is not { Length: > 0 })
            to.Add(root["title"], Codes.NoTitle, "An experiment needs a title, a text.");
        if (root["description"].Text is not { Length: > 0 })
            to.Add(root["description"], Codes.NoDescription, "An experiment needs a description, a text.");
        if (root["tags"].IsThere && root["tags"].Node is not ListNode)
            to.Add(root["tags"], Codes.Shape, "Tags are a list of texts.");
        foreach (var tag in root["tags"].Items().Where(tag => tag.Text is not { Length: > 0 }))
            to.Add(tag, Codes.Shape, "A tag is a text that is not empty.");
        if (root["contributions"].IsThere && !root["contributions"].IsMap)
            to.Add(
                root["contributions"],
                Codes.Shape,
                "Contributions are an object of names and high, medium, low or none."
            );
        if (root["extensions"].IsThere && root["extensions"].Node is not ListNode)
            to.Add(root["extensions"], Codes.Shape, "Extensions are a list of objects with a name.");
        foreach (var extension in root["extensions"].Items().Where(e => e["name"].Text is not { Length: > 0 }))
            to.Add(extension, Codes.Shape, "An extension is an object with a name.");
    }

    private static void SteadyState(Findings to, Place hypothesis, ActivityRules rules)
    {
        if (!hypothesis.IsThere)
        {
            to.Add(
                hypothesis,
                Codes.NoHypothesis,
                "Without a steady-state-hypothesis nothing can be shown. Say which probes must stay within which tolerance."
            );
            return;
        }

        if (!hypothesis.IsMap)
        {
            to.Add(hypothesis, Codes.Shape, "The steady-state-hypothesis is an object with a title and probes.");
            return;
        }

        if (hypothesis["title"].Text is not { Length: > 0 })
            to.Add(hypothesis["title"], Codes.Shape, "The hypothesis needs a title.");
        rules.Controls(hypothesis["controls"]);
        var probes = hypothesis["probes"];
        if (probes.IsThere && probes.Node is not ListNode)
            to.Add(probes, Codes.Shape, "The probes of the hypothesis are a list.");
        else if (probes.Node is not ListNode { Items.Count: > 0 })
            to.Add(
                probes,
                Codes.NoHypothesis,
                "A hypothesis without probes holds always and shows nothing. Give it probes."
            );
        foreach (var probe in probes.Items())
            rules.Check(probe, tolerated: true);
    }

    private static void Method(Findings to, Place root, ActivityRules rules)
    {
        var (method, rollbacks) = (root["method"], root["rollbacks"]);
        if (method.Node is not ListNode activities)
            to.Add(method, Codes.NoMethod, "An experiment needs a method: a list of activities, which may be empty.");
        else if (activities.Items.Count > 0 && rollbacks.Node is not ListNode { Items.Count: > 0 })
            to.Add(
                rollbacks,
                Codes.NoRollback,
                "Nothing puts back what the method does; such an experiment is not promoted. Give 'rollbacks'."
            );
        if (rollbacks.IsThere && rollbacks.Node is not ListNode)
            to.Add(rollbacks, Codes.Shape, "Rollbacks are a list of activities.");
        foreach (var activity in method.Items().Concat(rollbacks.Items()))
            rules.Check(activity, tolerated: false);
    }

    private static void Runtime(Findings to, Place runtime)
    {
        var rollbacks = runtime["rollbacks"]["strategy"];
        if (rollbacks.Text == "never")
            to.Add(
                rollbacks,
                Codes.NeverRollback,
                "What was broken is always put back here. Use 'always', or leave the strategy out."
            );
        else if (rollbacks.IsThere && rollbacks.Text is not ("default" or "always" or "deviated"))
            to.Add(rollbacks, Codes.Shape, "The strategy of rollbacks is default, always or deviated.");
        var hypothesis = runtime["hypothesis"]["strategy"];
        if (hypothesis.IsThere && !Hypothesis.Contains(hypothesis.Text))
            to.Add(
                hypothesis,
                Codes.Shape,
                $"The strategy of the hypothesis is one of {string.Join(", ", Hypothesis)}."
            );
        else if (hypothesis.Text == "skip")
            to.Add(hypothesis, Codes.NoHypothesis, "The hypothesis is skipped, so nothing is shown.");
    }

    private static HashSet<string> Names(Place root) =>
        [
            .. root["steady-state-hypothesis"]
                ["probes"]
                .Items()
                .Concat(root["method"].Items())
                .Concat(root["rollbacks"].Items())
                .Where(activity => !activity["ref"].IsThere)
                .Select(activity => activity["name"].Text)
                .OfType<string>(),
        ];
}
