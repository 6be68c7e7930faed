using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Steady.Incidents;

/// <summary>Where a list by moments goes on: the moment and id of the last one that was shown. Pure.</summary>
public static class MomentCursor
{
    public static string Of(DateTimeOffset at, Guid id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{at.UtcTicks:x} {id:N}"));

    /// <summary>Null when it is none of ours.</summary>
    public static (DateTimeOffset At, Guid Id)? Read(string cursor)
    {
        if (!Base64Url.IsValid(cursor))
            return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
        return
            parts is [var at, var id]
            && long.TryParse(at, NumberStyles.HexNumber, null, out var ticks)
            && ticks is >= 0 and <= 3155378975999999999
            && Guid.TryParse(id, out var one)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), one)
            : null;
    }
}
