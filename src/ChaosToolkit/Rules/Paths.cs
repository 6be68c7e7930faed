namespace Steady.ChaosToolkit.Rules;

/// <summary>Which files an experiment may name at all.</summary>
internal static class Paths
{
    private static readonly string[] Programs = ["/bin/", "/sbin/", "/usr/", "/opt/"];
    private static readonly string[] Machine = ["/proc", "/sys", "/dev", "/etc", "/root", "/boot", "/run", "/var/run"];

    /// <summary>Why a path leaves what an experiment may look at; null when it does not.</summary>
    public static string? Escapes(string path)
    {
        if (path.Any(char.IsControl))
            return "holds a control character";
        var steps = path.Split('/', '\\');
        if (steps.Contains(".."))
            return "climbs out with '..'";
        if (steps[0] == "~" || path.StartsWith('~'))
            return "is in somebody's home";
        var plain = "/" + string.Join('/', steps.Where(step => step is not ("" or ".")));
        return
            path.StartsWith('/')
            && Machine.Any(root => plain == root || plain.StartsWith($"{root}/", StringComparison.Ordinal))
            ? "belongs to the machine"
            : null;
    }

    /// <summary>Why a path is no program that may be started.</summary>
    public static string? NoProgram(string path) =>
        Escapes(path)
        ?? (
            path.StartsWith('/') && !Programs.Any(root => path.StartsWith(root, StringComparison.Ordinal))
                ? "is not where programs are kept"
                : null
        )
        ?? (path.EndsWith('/') ? "is a folder" : null)
        ?? (
            path.Contains('\\', StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal)
                ? "is no path of this machine"
                : null
        );
}
