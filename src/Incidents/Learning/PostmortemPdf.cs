using Steady.Contracts.Incidents;
using Steady.Incidents.Documents;

namespace Steady.Incidents.Learning;

/// <summary>A postmortem as a PDF. Pure.</summary>
public static class PostmortemPdf
{
    public static byte[] Of(PostmortemView view) =>
        PdfDocument.Of(PostmortemParts.Title(view), PostmortemParts.Of(view), $"INC-{view.Number}, {view.Service}");
}
