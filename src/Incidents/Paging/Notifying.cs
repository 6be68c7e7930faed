using Steady.Contracts.Incidents;

namespace Steady.Incidents.Paging;

/// <summary>How somebody is told what is no alarm: it must not wake them. Pure.</summary>
public static class Notifying
{
    private static readonly ChannelKind[] Chats = [ChannelKind.Slack, ChannelKind.Teams, ChannelKind.Mattermost];

    /// <summary>
    /// In the console whoever they are, and by mail; who has no mail, in their chat; who has neither, by webhook. Never over a louder
    /// channel where there is a quieter one.
    /// </summary>
    public static IReadOnlyList<(string Channel, ChannelKind Kind)> Over(Contact? contact)
    {
        var open = (contact?.Channels() ?? []).Where(one => !one.IsOff).ToList();
        var console = open.FirstOrDefault(one => one.Kind == ChannelKind.Console)?.Name ?? "console";
        var quietest =
            new[]
            {
                open.Where(one => one.Kind == ChannelKind.Email),
                open.Where(one => Chats.Contains(one.Kind)),
                open,
            }
                .Select(some => some.Where(one => one.Kind != ChannelKind.Console).ToList())
                .FirstOrDefault(some => some.Count > 0)
            ?? [];
        return [(console, ChannelKind.Console), .. quietest.Select(one => (one.Name, one.Kind))];
    }
}
