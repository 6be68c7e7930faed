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

    public static string MediaType(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : "application/yaml";
}
