namespace Steady.Web.Drawing;

/// <summary>Which rows of a long timeline a page lists.</summary>
/// <param name="First">The first row, counted from 1.</param>
/// <param name="Last">The last row.</param>
/// <param name="All">How many there are.</param>
/// <param name="More">Whether there are more than were read.</param>
public sealed record Rows(int First, int Last, int All, bool More)
{
    public const int OnePage = 500;

    public static Rows Of(int all, bool more, int from)
    {
        // Whatever stands in the address, a page begins where pages begin.
        var page = (Math.Clamp(from, 1, Math.Max(all, 1)) - 1) / OnePage;
        return new Rows(page * OnePage + 1, Math.Min((page + 1) * OnePage, all), all, more);
    }

    public int? Earlier => First > 1 ? First - OnePage : null;

    public int? Later => Last < All ? Last + 1 : null;

    /// <summary><c>27 entries</c>, or <c>501 to 1,000 of 1,280 entries</c>.</summary>
    public string Text =>
        All <= OnePage && !More
            ? FormattableString.Invariant($"{All} {(All == 1 ? "entry" : "entries")}")
            : FormattableString.Invariant($"{First:N0} to {Last:N0} of {(More ? "more than " : "")}{All:N0} entries");
}
