using Steady.OpenSlo.Lenient;
using Steady.OpenSlo.Rules;

namespace Steady.OpenSlo;

/// <summary>
/// Reads OpenSLO v1alpha, v1 and v2alpha from YAML, JSON, streams of documents and lists of objects, and says what is wrong
/// with it. Pure and bounded: see <see cref="Limits"/>.
/// </summary>
public static class OpenSloText
{
    private const string Versions = "openslo/v1, openslo/v1alpha or openslo.com/v2alpha.";
    private const string Anything = "OpenSLO objects as YAML or JSON.";

    public static Report Read(string text, Mode mode = Mode.Strict, Format format = Format.Auto)
    {
        try
        {
            return Judge(Objects(text, format), mode);
        }
        catch (DocumentException e)
        {
            return new(Verdict.DecodeError, [new("", e.Rule, e.Message, Anything, e.Line)], [], []);
        }
    }

    /// <summary>Judges objects that were read before.</summary>
    public static Report Judge(IReadOnlyList<Node> objects, Mode mode)
    {
        var findings = new Findings();
        var repairs = new Repairs(findings);
        var nodes = mode is Mode.Lenient ? repairs.Of(objects) : objects;
        var documents = nodes.Select((node, i) => Judge(findings, Path(i, nodes.Count), node)).ToList();
        var worst = documents.Max(document => document.Verdict);
        // What repairing itself found wrong belongs to no single object.
        var verdict = worst is Verdict.Valid && findings.All.Count > 0 ? Verdict.Invalid : worst;
        return new(verdict, findings.All, repairs.All, documents);
    }

    internal static string Path(int index, int count) => count == 1 ? "" : $"objects[{index}]";

    private static Document Judge(Findings to, string path, Node node)
    {
        var root = new Place(path, node, null);
        var before = to.All.Count;
        if (node is not MapNode)
            to.Add(root, "wrong_type", "This is no object.", Anything);
        var (version, kind) = (root["apiVersion"], root["kind"]);
        var dialect = Dialect.Of(version.Text);
        if (node is MapNode && dialect is null)
            to.Add(version, "unknown_version", Unknown(version, "version"), Versions);
        var shape = dialect?.Shape(kind.Text ?? "");
        if (dialect is not null && shape is null)
            to.Add(kind, "unknown_kind", Unknown(kind, "kind"), $"{string.Join(", ", dialect.Kinds)}.");
        root = root with { Shape = shape };
        Decoding.Check(to, root);
        var document = new Document(path, dialect, kind.Text ?? "", node, Verdict.DecodeError);
        if (to.All.Count > before)
            return document;
        Rulebook.Check(to, root, dialect!, kind.Text!);
        return document with { Verdict = to.All.Count > before ? Verdict.Invalid : Verdict.Valid };
    }

    private static string Unknown(Place place, string what) =>
        place.Text is { } text
            ? $"The {what} '{(text.Length > 80 ? text[..80] : text)}' is not known here."
            : $"The {what} is missing.";

    private static List<Node> Objects(string text, Format format)
    {
        if (text.Length > Limits.Characters)
            throw new DocumentException("too_large", $"More than {Limits.Characters} characters.", 0);
        var roots = IsJson(text, format) ? [JsonText.Read(text)] : YamlText.Read(text);
        var objects = roots.SelectMany(root => root is ListNode list ? list.Items : [root]).ToList();
        return objects.Count switch
        {
            0 => throw new DocumentException("empty", "There is no object in this text.", 0),
            > Limits.Objects => throw new DocumentException("too_many", $"More than {Limits.Objects} objects.", 0),
            _ => objects,
        };
    }

    // YAML may begin with a brace as well; what is not JSON is then told in the words of YAML.
    private static bool IsJson(string text, Format format)
    {
        if (format is not Format.Auto)
            return format is Format.Json;
        if (text.AsSpan().TrimStart() is not (['{', ..] or ['[', ..]))
            return false;
        try
        {
            JsonText.Read(text);
            return true;
        }
        catch (DocumentException e)
        {
            return e.Rule is not "syntax";
        }
    }
}
