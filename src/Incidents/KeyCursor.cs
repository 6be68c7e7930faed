using System.Buffers.Text;
using System.Text;
using Steady.Contracts;

namespace Steady.Incidents;

/// <summary>Pages of a list that is ordered by a text of each item: the next begins behind it, whatever came or went. Pure.</summary>
public static class KeyCursor
{
    /// <summary>A page of what is there; null when the cursor is none of ours.</summary>
    /// <param name="items">All, in any order.</param>
    /// <param name="key">What they are ordered by, different for each.</param>
    /// <param name="after">The 'next' of the page before; null for the first.</param>
    /// <param name="limit">How many.</param>
    public static Page<T>? Cut<T>(IEnumerable<T> items, Func<T, string> key, string? after, int limit)
    {
        if (after is not null && !Base64Url.IsValid(after))
            return null;
        var last = after is null ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after));
        var found = items
            .Select(one => (Key: key(one), One: one))
            .Where(one => last is null || string.CompareOrdinal(one.Key, last) > 0)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var next = found.Count > limit ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(found[limit - 1].Key)) : null;
        return new Page<T>([.. found.Take(limit).Select(one => one.One)], next);
    }
}
