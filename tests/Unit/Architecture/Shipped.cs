using System.Reflection;

namespace Steady.Tests.Unit.Architecture;

/// <summary>The assemblies that are shipped, as they lie beside the tests.</summary>
internal static class Shipped
{
    public static IReadOnlyList<string> ServiceNames { get; } =
    ["Steady.Incidents", "Steady.Experiments", "Steady.Budgets"];

    public static IEnumerable<Assembly> Services => ServiceNames.Select(Find).OfType<Assembly>();

    /// <summary>The assembly of this name; null while there is none, so that one project does not fail the others.</summary>
    public static Assembly? Find(string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
}
