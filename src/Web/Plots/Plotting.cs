using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Steady.Web.Plots;

/// <summary>Draws a component of a page as a plot of its own.</summary>
public sealed class Plotting(IServiceProvider services, ILoggerFactory loggers, Stylesheet style)
{
    private static readonly string[] Sheets = ["css/tokens.css", "css/app.css", "css/pages.css"];

    /// <summary>Read once: the sheets are those of this build.</summary>
    public static Stylesheet StyleOf(IWebHostEnvironment site) => new(Sheets.Select(sheet => Read(site, sheet)));

    /// <param name="parameters">Those of the component, which draws one <c>svg</c>.</param>
    public async Task<Plot> Draw<TComponent>(IDictionary<string, object?> parameters, Caption caption, bool isDark)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var picture = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString()
        );
        return Plot.Of(picture, caption, style, isDark);
    }

    private static string Read(IWebHostEnvironment site, string path)
    {
        using var stream = site.WebRootFileProvider.GetFileInfo(path).CreateReadStream();
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
