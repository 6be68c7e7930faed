using Xunit;

namespace Steady.Tests.Support;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer is yes; fails with the sentence when it does not come.</summary>
    public static async Task Holds(Func<Task<bool>> condition, string sentence, TimeSpan? patience = null)
    {
        using var giveUp = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await condition())
        {
            if (giveUp.IsCancellationRequested)
                Assert.Fail($"{sentence} did not come true in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks until the answer is right and gives it back; fails with the last answer when it never is.</summary>
    public static async Task<T> Answers<T>(Func<Task<T>> ask, Func<T, bool> right, TimeSpan? patience = null)
    {
        var answer = await ask();
        await Holds(
            async () => right(answer) || right(answer = await ask()),
            $"The right answer (the last one was {answer})",
            patience
        );
        return answer;
    }

    public static Task Holds(Func<bool> condition, string sentence, TimeSpan? patience = null) =>
        Holds(() => Task.FromResult(condition()), sentence, patience);
}
