using System.Text.Json;
using Steady.Contracts;

namespace Steady.Cli;

/// <summary>Documents that are applied: from a file, or from standard input as <c>-</c>.</summary>
public static class Documents
{
    public static string Read(string path)
    {
        try
        {
            return path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MistakeException(
                $"'{path}' cannot be read: {failure.Message} Give a file, or - for standard input."
            );
        }
    }

    /// <summary>Writes a document that was asked for.</summary>
    public static void Write(string path, byte[] document)
    {
        try
        {
            File.WriteAllBytes(path, document);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MistakeException($"'{path}' cannot be written: {failure.Message} Give another file.");
        }
    }

    /// <summary>A file called JSON is JSON; anything else is looked at.</summary>
    public static OpenSlo.Format FormatOf(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? OpenSlo.Format.Json : OpenSlo.Format.Auto;

    /// <summary>A document of our own as JSON, whichever of the two it is written in.</summary>
    public static string ReadJson(string path)
    {
        var text = Read(path);
        if (FormatOf(path) is OpenSlo.Format.Json)
            return text;
        return OpenSlo.PlainDocument.Json(text, out var wrong)
            ?? throw new MistakeException($"'{path}' is not YAML. {wrong}");
    }

    /// <summary>A document of our own, read as what it is to be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is to be, for people: <c>schedule</c>.</param>
    public static T Read<T>(string path, string kind)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ReadJson(path), Json.Options)
                ?? throw new MistakeException($"'{path}' is empty. Give a {kind}.");
        }
        catch (JsonException e)
        {
            throw new MistakeException($"'{path}' is no {kind}: {e.Message}");
        }
    }

    public static string MediaType(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : "application/yaml";
}
