using Steady.OpenSlo;

namespace Steady.ChaosToolkit.Rules;

/// <summary>Configuration and secrets: what is read from the environment must be there, and nothing is read from a vault.</summary>
internal static class SettingRules
{
    public static Settings Check(Findings to, Place root, IReadOnlyDictionary<string, string> environment)
    {
        var settings = new Settings();
        foreach (var (name, value) in Objects(to, root["configuration"], "The configuration"))
            settings.Set(name, Value(to, value, environment));
        foreach (var (_, group) in Objects(to, root["secrets"], "Secrets"))
            Secrets(to, group, settings, environment);
        return settings;
    }

    private static IEnumerable<(string Key, Place Value)> Objects(Findings to, Place place, string what)
    {
        if (place.IsThere && !place.IsMap)
            to.Add(place, Codes.Shape, $"{what} must be an object of names and values; this is {place.Shown}.");
        return place.Members();
    }

    private static void Secrets(
        Findings to,
        Place group,
        Settings settings,
        IReadOnlyDictionary<string, string> environment
    )
    {
        if (group["type"].Text is "env" or "vault")
        {
            settings.Set(group.Pointer[(group.Pointer.LastIndexOf('/') + 1)..], Value(to, group, environment));
            return;
        }

        foreach (var (name, value) in Objects(to, group, "The secrets of a provider"))
        {
            if (value.Node is TextNode { Value.Length: > 0 })
                to.Add(
                    value,
                    Codes.InlineSecret,
                    "This secret stands in the file, for everybody who reads it. Take it from the environment: {\"type\": \"env\", \"key\": …}."
                );
            settings.Set(name, Value(to, value, environment));
            foreach (var (inner, deeper) in value["type"].Text is null ? value.Members() : [])
                settings.Set(inner, Value(to, deeper, environment));
        }
    }

    // Null when it is known only later, or missing.
    private static Node? Value(Findings to, Place value, IReadOnlyDictionary<string, string> environment)
    {
        switch (value["type"].Text)
        {
            case "env":
                return Variable(to, value, environment);
            case "vault":
                to.Add(
                    value,
                    Codes.Vault,
                    "Secrets of a vault are not read here. Take this one from the environment: {\"type\": \"env\", \"key\": …}."
                );
                return null;
            case "probe":
                return null;
            default:
                return value.Node ?? new NoNode();
        }
    }

    private static Node? Variable(Findings to, Place value, IReadOnlyDictionary<string, string> environment)
    {
        if (value["key"].Text is not { Length: > 0 } key)
        {
            to.Add(value, Codes.Shape, "A value of the environment needs the 'key' of its variable.");
            return null;
        }

        var type = value["env_var_type"].IsThere ? value["env_var_type"].Text ?? "" : "str";
        if (type is not ("str" or "int" or "float" or "bytes" or "bool" or "json"))
            to.Add(
                value["env_var_type"],
                Codes.Shape,
                "The type of a variable is one of str, int, float, bytes, bool and json."
            );
        else if (environment.TryGetValue(key, out var given))
            return Settings.Typed(given, type) ?? Mistyped(to, value, key, type);
        else if (value["default"].IsThere)
            return value["default"].Node;
        else
            to.Add(
                value,
                Codes.EnvMissing,
                $"The variable {Place.Short(key)} is not given and has no default. Give a 'default' here, or the variable: --env {Place.Short(key)}=VALUE."
            );
        return null;
    }

    private static Node? Mistyped(Findings to, Place value, string key, string type)
    {
        to.Add(
            value,
            Codes.Shape,
            $"The variable {Place.Short(key)} is no {type}. Give another value, or another type."
        );
        return null;
    }
}
