using Steady.Contracts.Budgets;

namespace Steady.Shop.Counts;

/// <summary>
/// Numbers the batches of one process. A batch stays the next one, unchanged and under the same number, until somebody says
/// what became of it: it may have arrived although the answer did not. What is counted meanwhile waits in the tally.
/// </summary>
/// <param name="source">Never used by another process or by an earlier start of this one.</param>
public sealed class Batches(string source)
{
    private RecordCounts? pending;
    private long sequence;

    /// <summary>The batch to send, if there is anything to say.</summary>
    public RecordCounts? Next(Func<IReadOnlyList<CountBucket>> drain)
    {
        if (pending is null && drain() is { Count: > 0 } buckets)
            pending = new RecordCounts(source, ++sequence, buckets);
        return pending;
    }

    /// <summary>The batch has arrived, or will never be wanted: on to the next.</summary>
    public void Done() => pending = null;
}
