using System.Text.Encodings.Web;
using System.Text.Json;
using Steady.Contracts;
using Xunit;

namespace Steady.Tests.Support;

/// <summary>
/// Compares with a file in the repository, which is what others rely on: stored events, messages. To change it on
/// purpose run the test with STEADY_GOLDEN=update and read the difference before it is committed.
/// </summary>
public static class Golden
{
    private static readonly JsonSerializerOptions Pretty = new(Json.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An object with its type's name, as indented JSON.</summary>
    public static string Print(object value) =>
        $"{value.GetType().FullName} {JsonSerializer.Serialize(value, value.GetType(), Pretty)}";

    /// <summary>Fails unless the file holds the JSON of this value.</summary>
    /// <param name="value">What is compared.</param>
    /// <param name="path">The file, from the root of the repository.</param>
    public static void Matches(object value, params string[] path) =>
        MatchesText(JsonSerializer.Serialize(value, value.GetType(), Pretty) + "\n", path);

    /// <summary>Fails unless the file holds this text.</summary>
    public static void MatchesText(string actual, params string[] path)
    {
        var file = Repository.File(path);
        if (Environment.GetEnvironmentVariable("STEADY_GOLDEN") == "update")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{Path.Combine(path)} is missing. Run once with STEADY_GOLDEN=update.");
        Assert.True(
            File.ReadAllText(file) == actual,
            $"{Path.Combine(path)} differs. Somebody relies on that shape; if the change is meant, run with STEADY_GOLDEN=update. Now:\n{actual}"
        );
    }
}
