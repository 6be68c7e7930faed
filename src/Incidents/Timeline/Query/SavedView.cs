using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

// Events and state of a query that is kept under a name. These names and shapes are what is stored;
// tests/Unit/Wire/incidents.golden.json pins them.

public sealed record ViewSet(string Name, string Query, string? About, string By, DateTimeOffset At);

public sealed record ViewRemoved(string Name, string By, DateTimeOffset At);

/// <summary>What a view finds from now on is posted. The address and its secret stand beside the events.</summary>
/// <param name="Hint">Enough of the address to know it again.</param>
/// <param name="Batch">At most so many entries at once.</param>
public sealed record ViewWebhookSet(string Name, string Hint, int Batch, string By, DateTimeOffset At);

public sealed record ViewWebhookSwitchedOff(string Name, string Because, DateTimeOffset At);

public sealed record ViewWebhookRemoved(string Name, string By, DateTimeOffset At);

/// <summary>A kept query, also one that was taken away: it may come back under its name.</summary>
public sealed record SavedView
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required ViewSet Current { get; init; }
    public bool IsRemoved { get; init; }
    public ViewWebhookSet? Webhook { get; init; }

    /// <summary>Why nothing is posted any more; null while it is.</summary>
    public string? Off { get; init; }

    /// <summary>The same name always means the same view.</summary>
    public static Guid IdOf(string name) => StableId.From("timeline-view", name);

    public static SavedView Create(ViewSet e) => new() { Current = e };

    public SavedView Apply(ViewSet e) => this with { Current = e, IsRemoved = false };

    public SavedView Apply(ViewRemoved _) => this with { IsRemoved = true, Webhook = null, Off = null };

    public SavedView Apply(ViewWebhookSet e) => this with { Webhook = e, Off = null };

    public SavedView Apply(ViewWebhookSwitchedOff e) => this with { Off = e.Because };

    public SavedView Apply(ViewWebhookRemoved _) => this with { Webhook = null, Off = null };

    public SavedTimelineView View() =>
        new(Current.Name, Version, Current.Query, Current.About, Current.By, Current.At, Webhook?.Hint);
}

/// <summary>What may be kept under which name. Pure.</summary>
public static class Keeping
{
    public const string ConditionsOnly =
        "What comes from now on is asked with conditions alone. Leave out from, to, knownAt, seenBy, order and pipes.";
    public const string NoName = "Give 1 to 63 small letters, digits and hyphens; a letter or digit first and last.";

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 63
        && name[0] != '-'
        && name[^1] != '-'
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    public static Decision Set(SavedView? stands, string name, SetTimelineView view, Actor by, DateTimeOffset now) =>
        stands is { IsRemoved: false, Current: var current }
        && (current.Query, current.About) == (view.Query, view.About)
            ? []
        : stands is { Webhook: not null } && !IsLive(view.Query)
            ? new Refusal("view-not-live", $"What this view finds is posted from now on. {ConditionsOnly}")
        : [new ViewSet(name, view.Query, view.About, by.Name, now)];

    /// <summary>Whether what a query finds can be told from now on.</summary>
    public static bool IsLive(Search? search) => search is { Pipes.Count: 0 } && search.Settings == Settings.None;

    public static bool IsLive(string query) => IsLive(Parsing.Read(query).Search);

    public static Decision Post(SavedView stands, ViewWebhookSet set) =>
        IsLive(stands.Current.Query)
            ? [set]
            : new Refusal("view-not-live", $"What the view {set.Name} finds cannot be posted. {ConditionsOnly}");

    public static Decision PostNoMore(SavedView stands, Actor by, DateTimeOffset now) =>
        stands.Webhook is null ? [] : [new ViewWebhookRemoved(stands.Current.Name, by.Name, now)];

    public static Decision SwitchOff(SavedView stands, string because, DateTimeOffset now) =>
        stands is { Webhook: not null, Off: null }
            ? [new ViewWebhookSwitchedOff(stands.Current.Name, because, now)]
            : [];

    /// <summary>What is wrong with a webhook, by field.</summary>
    /// <param name="had">What it has already.</param>
    /// <param name="mayReach">Why an address may not be reached; null when it may.</param>
    public static IEnumerable<(string Field, string Message)> Check(
        SetViewWebhook command,
        ViewWebhook? had,
        Func<Uri, string?> mayReach
    )
    {
        if (
            !Uri.TryCreate(command.Address ?? had?.Address, UriKind.Absolute, out var address)
            || address.UserInfo.Length > 0
        )
            yield return ("address", "Give an address that begins with https://, without a user in it.");
        else if (mayReach(address) is { } why)
            yield return ("address", why);
        if (!Signature.IsSecret(command.Secret ?? had?.Secret))
            yield return (
                "secret",
                "What is posted is signed: give whsec_ and 24 to 64 random bytes in Base64, and the same to the receiver."
            );
    }

    public static Decision Remove(SavedView stands, Actor by, DateTimeOffset now) =>
        stands.IsRemoved ? [] : [new ViewRemoved(stands.Current.Name, by.Name, now)];
}
