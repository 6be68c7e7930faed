using Steady.OpenSlo;

namespace Steady.ChaosToolkit.Rules;

/// <summary>How an activity is done: over HTTP, by a process, or by a function of Python that has its place here.</summary>
internal sealed class ProviderRules(Findings to, Settings settings)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private readonly ProcessRules processes = new(to, settings);

    /// <summary>The provider's type; null when it is none.</summary>
    public string? Check(Place provider)
    {
        if (!provider.IsMap)
        {
            to.Add(provider, Codes.Shape, "An activity needs a provider, an object of type http, process or python.");
            return null;
        }

        var type = provider["type"].Text;
        switch (type)
        {
            case "http":
                Http(provider);
                break;
            case "process":
                processes.Check(provider);
                break;
            case "python":
                Python(provider);
                break;
            default:
                to.Add(provider["type"], Codes.Shape, "The type of a provider is http, process or python.");
                return null;
        }

        return type;
    }

    private void Http(Place provider)
    {
        Url(provider["url"]);
        var method = settings.Fill(provider["method"]);
        if (method.IsThere && !settings.IsOpen(method) && !Methods.Contains(method.Text?.ToUpperInvariant()))
            to.Add(provider["method"], Codes.Shape, $"The method is one of {string.Join(", ", Methods)}.");
        if (provider["headers"].IsThere && !provider["headers"].IsMap)
            to.Add(provider["headers"], Codes.Shape, "Headers are an object of names and values.");
        foreach (var (name, value) in provider["headers"].Members())
            Header(name, value);
        if (provider["expected_status"].IsThere)
            to.Add(
                provider["expected_status"],
                Codes.ExpectedStatusIgnored,
                "'expected_status' is in the documentation, but nobody ever looked at it. Put the status into the probe's tolerance."
            );
        Timeout(provider["timeout"]);
    }

    private void Url(Place url)
    {
        if (settings.IsOpen(url))
            return;
        var filled = settings.Fill(url);
        // An address that is not absolute is none, whatever it begins with.
        if (!Uri.TryCreate(filled.Text?.Trim(), UriKind.Absolute, out var address) || IsFile(filled.Text!))
        {
            to.Add(
                url,
                Codes.Url,
                settings.IsUnknown(filled)
                    ? $"The address {filled.Shown} uses a name that the configuration does not have. Add it there, or write the address out."
                    : $"{(filled.IsThere ? filled.Shown : "Nothing")} is no absolute http or https address."
            );
            return;
        }

        if (address.UserInfo.Length > 0)
            to.Add(url, Codes.InlineSecret, "The address carries a name or a password. Take it from the secrets.");
        if (Targets.Refusal(address) is { } refusal)
            to.Add(url, Codes.Target, refusal);
    }

    // On Unix a path alone counts as an absolute address.
    private static bool IsFile(string text) => text.TrimStart().StartsWith('/');

    private void Header(string name, Place value)
    {
        if (!value.IsScalar)
            to.Add(value, Codes.Shape, "The value of a header is a text.");
        else if (
            value.Text is { } text
            && !text.Contains("${", StringComparison.Ordinal)
            && name.ToLowerInvariant() is "authorization" or "proxy-authorization" or "x-api-key" or "cookie"
        )
            to.Add(value, Codes.InlineSecret, "This secret stands in the file. Take it from the secrets as ${name}.");
    }

    private void Timeout(Place timeout)
    {
        var filled = settings.Fill(timeout);
        var right =
            !timeout.IsThere
            || settings.IsOpen(timeout)
            || IsTime(filled.Node)
            || filled.Node is ListNode { Items: [var connect, var read] } && IsTime(connect) && IsTime(read);
        if (!right)
            to.Add(timeout, Codes.Shape, "A timeout is a number of seconds, or two: [connect, read].");
    }

    private static bool IsTime(Node? node) =>
        node is NumberNode number && Numeral.Read(number.Value) is { } value && value.CompareTo(0) > 0
        || node is TextNode text && Numeral.Read(text.Value) is { } written && written.CompareTo(0) > 0;

    private void Python(Place provider)
    {
        if (
            provider["module"].Text is not { Length: > 0 } module
            || provider["func"].Text is not { Length: > 0 } function
        )
        {
            to.Add(provider, Codes.Shape, "A provider of type python needs a module and a func.");
            return;
        }

        switch (Mapping.Of(module, function))
        {
            case Stands.ForNothing:
            case Stands.ForAbortCriteria:
                to.Add(
                    provider["module"],
                    Codes.PythonModule,
                    $"{Place.Short(module)}.{Place.Short(function)} is refused: Python is not run here. {Mapping.Nearest(module, function)}"
                );
                break;
            case Stands.ForFileProbe:
                Existing(provider["arguments"]["path"]);
                break;
            case Stands.ForMetricProbe:
                Metric(provider["arguments"]["query"], $"{module}.{function}");
                break;
            case Stands.ForFaultProxy:
                break;
        }
    }

    private void Existing(Place path)
    {
        if (settings.IsOpen(path))
            return;
        if (settings.Fill(path).Text is not { Length: > 0 } text)
            to.Add(path, Codes.Shape, "os.path.exists needs the path of a file as argument 'path'.");
        else if (Paths.Escapes(text) is { } reason)
            to.Add(
                path,
                Codes.ProcessPath,
                $"{Place.Short(text)} {reason}. Give a path inside the experiment's folder."
            );
    }

    private void Metric(Place query, string function)
    {
        if (!settings.IsOpen(query) && settings.Fill(query).Text is not { Length: > 0 })
            to.Add(query, Codes.Shape, $"{function} needs a 'query' as argument.");
    }
}
