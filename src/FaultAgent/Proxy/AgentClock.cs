namespace Steady.FaultAgent.Proxy;

/// <summary>
/// Time since the agent came up. Deadlines are kept on it because it never jumps: neither a corrected system clock nor a
/// controller with another idea of the time can lengthen a fault.
/// </summary>
public sealed class AgentClock(TimeProvider time)
{
    private readonly long origin = time.GetTimestamp();

    public TimeSpan Now => time.GetElapsedTime(origin);

    public TimeProvider Time => time;
}
