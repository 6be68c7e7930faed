using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Leases;

/// <summary>Why a lease was not placed or renewed.</summary>
public sealed record Refusal(int Status, string Code, string Detail);

/// <summary>
/// The rules of a lease, without clocks, files or sockets. A fault lives until its deadline; only a renewal in time moves
/// the deadline, and nothing moves the hard stop. What has ended stays ended.
/// </summary>
public sealed record Lease(
    Guid Id,
    PlaceLease Placed,
    long Epoch,
    TimeSpan ExpiresAt,
    TimeSpan HardStopAt,
    LeaseState State = LeaseState.Live
)
{
    public Guid RunId => Placed.RunId;

    /// <summary>When the fault ends by itself.</summary>
    public TimeSpan Deadline => ExpiresAt < HardStopAt ? ExpiresAt : HardStopAt;

    public bool IsLive(TimeSpan now) => State == LeaseState.Live && now < Deadline;

    /// <summary>A lease that was taken back before it came, or that an agent before this one held: it can never start.</summary>
    public static Lease Tombstone(Guid id, PlaceLease placed, long epoch) =>
        new(id, placed, epoch, TimeSpan.Zero, TimeSpan.Zero, LeaseState.Reverted);

    public static Lease Place(Guid id, PlaceLease command, TimeSpan now) =>
        new(
            id,
            command,
            command.Epoch,
            now + TimeSpan.FromSeconds(command.TtlSeconds),
            now + TimeSpan.FromSeconds(command.HardStopSeconds)
        );

    /// <summary>What is wrong with a request to place a lease, whatever else is in place.</summary>
    public static Refusal? Check(PlaceLease command)
    {
        if (string.IsNullOrEmpty(command.Proxy))
            return Invalid("proxy is missing; the name of a proxied edge, or of a target, is needed.");
        if (command.RunId == Guid.Empty)
            return Invalid("runId is missing; the id of the run that wants the fault is needed.");
        if (command.HardStopSeconds is < 1 or > PlaceLease.LongestHardStopSeconds)
            return Invalid(
                $"hardStopSeconds is {command.HardStopSeconds}; 1 to {PlaceLease.LongestHardStopSeconds} is accepted."
            );
        if (command.Toxic is null)
            return Invalid("toxic is missing; a fault with a type is needed.");
        if (!(command.Toxic.Toxicity is >= 0 and <= 1))
            return Invalid($"toxic.toxicity is {command.Toxic.Toxicity}; 0 to 1 is accepted.");
        return CheckTtl(command.TtlSeconds);
    }

    /// <summary>Whether asking for this lease again is the same request again, which changes nothing.</summary>
    public bool IsAskedBy(PlaceLease command) =>
        Placed.Toxic is { } mine
        // Signing twice gives two signatures; what they were given for is what counts.
        && command with { Toxic = mine, Signature = Placed.Signature } == Placed
        && command.Toxic with { Attributes = mine.Attributes } == mine
        && Same(command.Toxic.Attributes, mine.Attributes);

    public (Lease Lease, Refusal? Refusal) Renew(RenewLease command, long fence, TimeSpan now)
    {
        if (CheckTtl(command.TtlSeconds) is { } invalid)
            return (this, invalid);
        if (Placed.Signature is not null && command.TtlSeconds > Placed.TtlSeconds)
            return (this, Invalid(LongerThanSigned(command.TtlSeconds, Placed.TtlSeconds)));
        if (!IsLive(now))
            return (At(now), Ended(now));
        if (command.Epoch < Math.Max(fence, Epoch))
            return (this, Fenced(RunId, command.Epoch, Math.Max(fence, Epoch)));
        return (this with { Epoch = command.Epoch, ExpiresAt = now + TimeSpan.FromSeconds(command.TtlSeconds) }, null);
    }

    /// <summary>The lease as it is at a moment: a deadline that has passed has ended it.</summary>
    public Lease At(TimeSpan now)
    {
        if (State != LeaseState.Live || now < Deadline)
            return this;
        return this with { State = HardStopAt <= ExpiresAt ? LeaseState.HardStopped : LeaseState.Expired };
    }

    /// <summary>Takes the fault back. What had ended before keeps the way it ended.</summary>
    public Lease Revert(TimeSpan now) => IsLive(now) ? this with { State = LeaseState.Reverted } : At(now);

    /// <summary>The answer to whoever wants more of a lease that has ended.</summary>
    public Refusal Ended(TimeSpan now)
    {
        var how = At(now).State switch
        {
            LeaseState.Expired => "was not renewed in time",
            LeaseState.HardStopped => "reached its hard stop",
            _ => "was taken back",
        };
        return new(
            409,
            "lease-expired",
            $"Lease {Id} {how} and never comes to life again. Place a new one under a new id."
        );
    }

    public static Refusal Fenced(Guid run, long epoch, long fence) =>
        new(
            409,
            "lease-fenced",
            $"Epoch {epoch} is refused: a controller with epoch {fence} has taken over run {run}. Only {fence} or higher is accepted."
        );

    public static Refusal Taken(Guid id) =>
        new(409, "lease-taken", $"Lease {id} is live with another fault. Place the new one under a new id.");

    public static Refusal Unknown(Guid id) =>
        new(404, "lease-unknown", $"Lease {id} is unknown here. Place it with PUT first.");

    public static Refusal Failed(Exception e) =>
        new(409, "fault-failed", $"The fault could not be brought in, and nothing of it is left: {e.Message}");

    public static Refusal Invalid(string detail) => new(400, "lease-invalid", $"The lease is refused: {detail}");

    private static string LongerThanSigned(int asked, int signed) =>
        $"ttlSeconds is {asked}; it was signed for 1 to {signed}.";

    private static Refusal? CheckTtl(int seconds) =>
        seconds is >= 1 and <= PlaceLease.LongestTtlSeconds
            ? null
            : Invalid($"ttlSeconds is {seconds}; 1 to {PlaceLease.LongestTtlSeconds} is accepted.");

    private static bool Same(IReadOnlyDictionary<string, long>? one, IReadOnlyDictionary<string, long>? other) =>
        (one ?? Nothing).OrderBy(pair => pair.Key).SequenceEqual((other ?? Nothing).OrderBy(pair => pair.Key));

    private static readonly Dictionary<string, long> Nothing = [];
}
