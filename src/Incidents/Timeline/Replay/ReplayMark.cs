using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Replay;

/// <summary>
/// Where a replay stands: the id of its events. It names the place in the story, not a number, so that whoever comes back
/// goes on there at any speed; and what had been recorded when the replay began, so that both are parts of one replay.
/// </summary>
/// <param name="Question">What is replayed, as a few letters.</param>
/// <param name="Pin">What was recorded later has no part in it.</param>
/// <param name="At">The clock of the replay.</param>
/// <param name="Last">The last frame that was told at that moment; null when all of them were.</param>
public sealed record ReplayMark(string Question, DateTimeOffset Pin, DateTimeOffset At, Frame? Last)
{
    private const char Between = '.';

    /// <summary>A few letters that are the same for the same query.</summary>
    public static string QuestionOf(string query) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..8];

    /// <summary>Nothing was told yet, not even what lies before the clock's beginning.</summary>
    public static ReplayMark Before(
        string question,
        DateTimeOffset pin,
        IReadOnlyList<Frame> frames,
        DateTimeOffset begins
    )
    {
        var first = frames.Count > 0 && frames[0].At < begins ? frames[0].At : begins;
        return new ReplayMark(question, pin, first == DateTimeOffset.MinValue ? first : first.AddTicks(-1), null);
    }

    /// <summary>Whether a frame is still to be told.</summary>
    public bool IsBefore(Frame frame) => Last is null ? frame.At > At : Replay.Frame.Order.Compare(frame, Last) > 0;

    public ReplayMark After(Frame frame) => this with { At = frame.At, Last = frame };

    public ReplayMark After(DateTimeOffset moment) => this with { At = moment, Last = null };

    public string Print()
    {
        var clock = string.Create(
            CultureInfo.InvariantCulture,
            $"{Question}{Between}{Pin.UtcTicks}{Between}{At.UtcTicks}"
        );
        return Last is not { } frame
            ? clock
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{clock}{Between}{(int)frame.Lane}{Between}{frame.Sequence}{Between}{frame.Version}{Between}{(int)frame.Change}{Between}{frame.Entry:N}"
            );
    }

    public static ReplayMark? Read(string id) =>
        id.Split(Between) switch
        {
            [{ Length: 8 } question, var pin, var at] when (Moment(pin), Moment(at)) is ({ } then, { } now) =>
                new ReplayMark(question, then, now, null),
            [{ Length: 8 } question, var pin, var at, .. var rest]
                when (Moment(pin), Moment(at)) is ({ } then, { } now) && Frame(now, rest) is { } frame =>
                new ReplayMark(question, then, now, frame),
            _ => null,
        };

    private static Frame? Frame(DateTimeOffset at, string[] parts) =>
        parts is [var lane, var sequence, var version, var change, var entry]
        && Number(lane) is >= 0 and <= (int)ReplayLane.Hindsight and var one
        && Number(sequence) is { } place
        && Number(version) is >= 1 and <= int.MaxValue and var which
        && Number(change) is >= 0 and <= (int)ReplayChange.Vanishes and var what
        && Guid.TryParseExact(entry, "N", out var id)
            ? new Frame(at, (ReplayLane)one, place, id, (int)which, (ReplayChange)what)
            : null;

    private static DateTimeOffset? Moment(string ticks) =>
        Number(ticks) is { } value && value <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(value, TimeSpan.Zero)
            : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
