using Xunit;

namespace Steady.Tests.Support;

/// <summary>Waits for conditions, never for time.</summary>
public static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is right; fails with the last answer when it never is.</summary>
    public static async Task<T> For<T>(Func<Task<T>> ask, Func<T, bool> right, TimeSpan? patience = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (right(answer))
                return answer;
            if (TimeProvider.System.GetElapsedTime(started) > (patience ?? Patience))
                Assert.Fail($"Waited in vain; the last answer was {answer}.");
            await Task.Delay(Step, TimeProvider.System, stop);
        }
    }
}
