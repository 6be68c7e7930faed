using Steady.Client;

namespace Steady.Cli;

/// <summary>What the command answers to the shell. Scripts decide by these: a number never changes its meaning.</summary>
public static class Exit
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int NotAllowed = 4;
    public const int Broken = 5;

    /// <summary>Ended by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;

    public static int Of(ProblemException problem) =>
        // Whoever answers without a problem document is not a Steady: its 404 says nothing about an incident.
        problem.Code == "no-problem-document"
            ? Broken
            : Of(problem.Status);

    public static int Of(int status) =>
        status switch
        {
            409 or 412 or 422 => Refused,
            404 => NotFound,
            401 or 403 => NotAllowed,
            // Too slow and too many are no mistake of the person who asks.
            408 or 429 or < 400 or >= 500 => Broken,
            _ => Usage,
        };
}

/// <summary>The person at the keyboard can cure it: what is wrong and what would be accepted, as a sentence.</summary>
public sealed class MistakeException(string sentence, int exit = Exit.Usage) : Exception(sentence)
{
    public int Exit { get; } = exit;
}
