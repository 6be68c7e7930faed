namespace Steady.Contracts;

/// <summary>One page of a list, newest first unless an endpoint says otherwise.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">At most <c>limit</c> items (1 to 500, default 100).</param>
/// <param name="Next">An opaque cursor for the next page (<c>?after=</c>); null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
