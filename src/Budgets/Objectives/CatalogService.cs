namespace Steady.Budgets.Objectives;

/// <summary>A service as the catalog told of it last.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Owner">The team it belongs to, or a person as <c>user:ana</c>; null when nobody said.</param>
/// <param name="IsRemoved">Taken out; kept, so that what was told before and comes later does not bring it back.</param>
/// <param name="Sequence">How far the catalog was: messages may come twice and in any order.</param>
public sealed record CatalogService(string Id, string? Owner, bool IsRemoved, long Sequence)
{
    /// <summary>The team it belongs to; a person is none.</summary>
    public string? Team => IsRemoved || Owner is null || Owner.Contains(':', StringComparison.Ordinal) ? null : Owner;
}

/// <summary>What the catalog has to say to an objective. Pure.</summary>
public static class CatalogHints
{
    /// <param name="service">The objective's service.</param>
    /// <param name="known">What the catalog says of it; null for nothing.</param>
    /// <param name="isEmpty">Whether there is nothing in the catalog: who has none is not told so.</param>
    public static IReadOnlyList<string>? Of(string service, CatalogService? known, bool isEmpty) =>
        isEmpty || known is { IsRemoved: false }
            ? null
            :
            [
                $"The catalog knows no service '{service}', so nobody is known whose it is. Write it as the catalog does, or add it: steady catalog apply.",
            ];
}
