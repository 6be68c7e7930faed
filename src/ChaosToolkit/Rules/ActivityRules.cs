using Steady.OpenSlo;

namespace Steady.ChaosToolkit.Rules;

/// <summary>Probes and actions, wherever they stand: in the hypothesis, the method, the rollbacks or a safeguard.</summary>
internal sealed class ActivityRules(Findings to, Settings settings, IReadOnlySet<string> names)
{
    private readonly ProviderRules providers = new(to, settings);

    /// <summary>Checks one activity; only in the hypothesis and in safeguards the tolerance counts.</summary>
    public void Check(Place activity, bool tolerated)
    {
        if (!activity.IsMap)
        {
            to.Add(
                activity,
                Codes.Shape,
                $"An activity is an object with type, name and provider; this is {activity.Shown}."
            );
            return;
        }

        Controls(activity["controls"]);
        if (activity["ref"].IsThere)
        {
            Reference(activity["ref"]);
            return;
        }

        if (activity["type"].Text is not ("probe" or "action"))
            to.Add(activity["type"], Codes.Shape, "The type of an activity is 'probe' or 'action'.");
        if (activity["name"].Text is not { Length: > 0 })
            to.Add(activity["name"], Codes.Shape, "An activity needs a name.");
        Times(activity);
        var provider = providers.Check(activity["provider"]);
        if (activity["background"].IsTrue && !activity["provider"]["timeout"].IsThere)
            to.Add(
                activity["background"],
                Codes.BackgroundUnbounded,
                "Nothing ends this activity when it hangs in the background. Give its provider a 'timeout'."
            );
        if (tolerated)
            Tolerance(activity["tolerance"], provider);
    }

    /// <summary>Controls beside an activity or above all of it.</summary>
    public void Controls(Place controls)
    {
        if (!controls.IsThere)
            return;
        if (controls.Node is not ListNode)
        {
            to.Add(
                controls,
                Codes.ControlsShape,
                $"Controls are a list of objects with name and provider; this is {controls.Shown}. Write them as a list."
            );
            return;
        }

        foreach (var control in controls.Items())
            Control(control);
    }

    private void Control(Place control)
    {
        if (control["ref"].IsThere)
        {
            to.Add(control, Codes.ControlIgnored, "Controls are not executed here; this one is left out.");
            return;
        }

        var provider = control["provider"];
        if (control["name"].Text is not { Length: > 0 } || provider["module"].Text is not { Length: > 0 } module)
        {
            to.Add(control, Codes.ControlsShape, "A control needs a name and a provider of type python with a module.");
            return;
        }

        if (control["scope"].IsThere && control["scope"].Text is not ("before" or "after"))
            to.Add(control["scope"], Codes.ControlsShape, "The scope of a control is 'before' or 'after'.");
        if (module == Mapping.Safeguards)
            Safeguards(provider["arguments"]["probes"]);
        else
            to.Add(
                control,
                Codes.ControlIgnored,
                $"The control {Place.Short(module)} is not executed here; it is left out. Only {Mapping.Safeguards} is read, as abort criteria."
            );
    }

    private void Safeguards(Place probes)
    {
        if (probes.Node is not ListNode { Items.Count: > 0 })
            to.Add(probes, Codes.ControlsShape, "Safeguards need a list of probes; each becomes an abort criterion.");
        foreach (var probe in probes.Items())
            Check(probe, tolerated: true);
    }

    private void Reference(Place reference)
    {
        if (reference.Text is not { Length: > 0 } name)
            to.Add(reference, Codes.RefMissing, "A reference is the name of an activity of this experiment.");
        else if (!names.Contains(name))
            to.Add(
                reference,
                Codes.RefMissing,
                $"No activity of this experiment is called {reference.Shown}. Give the name of one, or write the activity out."
            );
    }

    private void Times(Place activity)
    {
        if (activity["background"].IsThere && activity["background"].Node is not TruthNode)
            to.Add(activity["background"], Codes.Shape, "'background' is true or false.");
        if (activity["pauses"].IsThere && !activity["pauses"].IsMap)
            to.Add(activity["pauses"], Codes.Shape, "Pauses are an object with 'before' and 'after', in seconds.");
        foreach (var (_, pause) in activity["pauses"].Members())
        {
            if (pause.IsThere && !settings.IsOpen(pause) && !Seconds(settings.Fill(pause)))
                to.Add(
                    pause,
                    Codes.Shape,
                    "A pause is a number of seconds that is not negative, or a ${name} of the configuration."
                );
        }
    }

    private static bool Seconds(Place place) =>
        place.Node switch
        {
            NumberNode number => !number.Value.StartsWith('-'),
            // A variable of the environment is a text unless it says otherwise.
            TextNode text => Numeral.Read(text.Value) is { } value && value.CompareTo(0) >= 0,
            _ => false,
        };

    private void Tolerance(Place tolerance, string? provider) =>
        new ToleranceRules(to, settings).Read(
            tolerance,
            provider,
            inner =>
            {
                if (inner["name"].Text is not { Length: > 0 })
                    to.Add(inner["name"], Codes.ToleranceType, "A tolerance of type probe needs a name.");
                providers.Check(inner["provider"]);
            }
        );
}
