using System.Text;
using Steady.Contracts.Experiments;
using Steady.Web.Components;

namespace Steady.Web.Pages;

/// <summary>The report of a game day, as a page that can be printed and as files.</summary>
public static class ReportEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/gamedays/{name}/report", Page);
        pages.MapGet("/gamedays/{name}/report.{format:regex(^(html|md)$)}", File);
    }

    private static async Task<IResult> Page(string name, Apis apis, CancellationToken stop) =>
        Html.Of<ReportPage>(await apis.GameDays.Report(name, stop));

    // Files of their own: the HTML carries its own style, which the console's pages do not allow.
    private static async Task<IResult> File(string name, string format, Apis apis, CancellationToken stop)
    {
        var kind = format == "md" ? "markdown" : "html";
        return TypedResults.File(
            Encoding.UTF8.GetBytes(await apis.GameDays.ReportText(name, kind, stop)),
            $"text/{kind}; charset=utf-8",
            $"{name}.{format}"
        );
    }
}
