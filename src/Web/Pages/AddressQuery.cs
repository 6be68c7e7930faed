using System.Text;

namespace Steady.Web.Pages;

/// <summary>What follows the path of an address of the console. Pure.</summary>
public static class AddressQuery
{
    /// <summary>A question mark and the parts that have a value; nothing where none has.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parts)
        {
            if (value is not null)
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escaped(value));
        }

        return query.ToString();
    }

    // A colon may stand in a query, and moments stay readable with it.
    private static string Escaped(string value) =>
        Uri.EscapeDataString(value).Replace("%3A", ":", StringComparison.Ordinal);
}
