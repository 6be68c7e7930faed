using CsCheck;
using Steady.Contracts.Incidents;

namespace Steady.Tests.Unit.Incidents.Replay;

/// <summary>Made-up stories: entries that come late, are corrected, and are taken back.</summary>
internal static class Stories
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One entry: when it happened, and when each of its versions was recorded, in minutes; whether it was taken back.</summary>
    internal sealed record Told(int Happened, int[] Recorded, bool TakenBack);

    public static readonly Gen<IReadOnlyList<TimelineEntry>> Any = Gen.Select(
            Gen.Int[-60, 200],
            Gen.Int[0, 120].Array[1, 3],
            Gen.Bool,
            (happened, recorded, back) => new Told(happened, recorded, back)
        )
        .Array[0, 12]
        .Select(all => (IReadOnlyList<TimelineEntry>)[.. all.SelectMany(Versions)]);

    public static TimelineEntry Entry(
        int number,
        DateTimeOffset happened,
        DateTimeOffset recorded,
        int version = 1,
        DateTimeOffset? until = null,
        string text = "It hurts",
        string category = "note"
    ) =>
        new(
            new Guid(number + 1, 0, 0, new byte[8]),
            happened,
            recorded,
            "incidents",
            "note-added",
            ["checkout"],
            null,
            null,
            "ana",
            null,
            text,
            Category: category,
            Sequence: (number * 10) + version,
            EntryVersion: version,
            KnownUntil: until
        );

    private static IEnumerable<TimelineEntry> Versions(Told told, int number)
    {
        var recorded = told.Recorded.Distinct().Order().ToArray();
        for (var i = 0; i < recorded.Length; i++)
        {
            var isLast = i == recorded.Length - 1;
            DateTimeOffset? until =
                !isLast ? At(recorded[i + 1])
                : told.TakenBack ? At(recorded[i] + 7)
                : null;
            yield return Entry(number, At(told.Happened + i), At(recorded[i]), i + 1, until);
        }

        DateTimeOffset At(int minutes) => Noon.AddMinutes(minutes).AddTicks(number * 10);
    }
}
