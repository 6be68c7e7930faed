namespace Steady.Web.Pages;

/// <summary>The samples that new documents begin with.</summary>
public static class Samples
{
    /// <summary>Without the line that says how to apply it, and without why the sample is so.</summary>
    public static string Fresh(string file) =>
        string.Join(
            '\n',
            Read(file)
                .Split('\n')
                .Where(line => !line.StartsWith('#') && !line.StartsWith("reason:", StringComparison.Ordinal))
        );

    public static string Read(string file)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream($"Steady.Web.Samples.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
