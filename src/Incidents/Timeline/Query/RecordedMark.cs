using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Where a page ended that is in the order in which entries were recorded.</summary>
public sealed record RecordedMark(long Sequence, Guid Id)
{
    public static RecordedMark Of(TimelineEntry entry) => new(entry.Sequence, entry.Id);

    public string Print() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Sequence} {Id:N}"));

    public static RecordedMark? Read(string cursor) =>
        Base64Url.IsValid(cursor)
        && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ') is [var sequence, var id]
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Guid.TryParseExact(id, "N", out var entry)
            ? new RecordedMark(number, entry)
            : null;
}
