namespace Steady.OpenSlo;

/// <summary>Documents that are no OpenSLO and are written in YAML by people all the same.</summary>
public static class PlainDocument
{
    /// <summary>One YAML document as JSON; <paramref name="wrong"/> says where it breaks when it is none.</summary>
    public static string? Json(string text, out string? wrong)
    {
        try
        {
            if (text.Length > Limits.Characters)
                throw new DocumentException("too_large", $"More than {Limits.Characters} characters.", 0);
            var documents = YamlText.Read(text);
            wrong = documents.Count == 1 ? null : $"There are {documents.Count} documents where one is wanted.";
            return wrong is null ? JsonWriter.Write(documents[0], indented: false) : null;
        }
        catch (DocumentException e)
        {
            wrong = e.Line > 0 ? $"Line {e.Line}: {e.Message}" : e.Message;
            return null;
        }
    }

    /// <summary>A document of our own as people write it. <paramref name="json"/> is what a serializer wrote.</summary>
    public static string Yaml(string json) => YamlWriter.Write(JsonText.Read(json));
}
