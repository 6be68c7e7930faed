using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Steady.Incidents.Documents;

/// <summary>The bytes of a PDF 1.4 from what is drawn on its pages. No script, no form, nothing fetched. Pure.</summary>
public static class PdfFile
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    /// <param name="title">What readers show above the window.</param>
    /// <param name="pages">The content of each page, in PDF's operators.</param>
    public static byte[] Of(string title, IReadOnlyList<string> pages)
    {
        var fonts = PdfFont.All;
        var firstPage = 4 + fonts.Count;
        var objects = new List<byte[]>
        {
            Text("<< /Type /Catalog /Pages 2 0 R /Lang (en) >>"),
            Text(
                $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{firstPage + (2 * i)} 0 R"))}] >>"
            ),
            Text(
                $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}> /Producer (Steady) >>"
            ),
        };
        objects.AddRange(
            fonts.Select(font =>
                Text($"<< /Type /Font /Subtype /Type1 /BaseFont /{font.Name} /Encoding /WinAnsiEncoding >>")
            )
        );
        var named = string.Join(' ', fonts.Select((font, i) => $"/{font.Key} {4 + i} 0 R"));
        foreach (var page in pages)
        {
            objects.Add(
                Text(
                    FormattableString.Invariant(
                        $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << {named} >> >> /Contents {objects.Count + 2} 0 R >>"
                    )
                )
            );
            objects.Add(Stream(page));
        }

        return Write(objects);
    }

    /// <summary>A text as PDF's operators take it.</summary>
    public static string Literal(string text) => $"<{Convert.ToHexString(PdfFont.Encode(text))}>";

    private static byte[] Write(List<byte[]> objects)
    {
        var file = new MemoryStream();
        var places = new List<long>();
        // Four bytes above ASCII tell programs that carry it that it is no text.
        file.Write([.. "%PDF-1.4\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(file.Position);
            file.Write(Text($"{i + 1} 0 obj\n"));
            file.Write(objects[i]);
            file.Write("\nendobj\n"u8);
        }

        var table = file.Position;
        file.Write(Text($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
            file.Write(Text($"{place.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n"));
        file.Write(
            Text($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n")
        );
        return file.ToArray();
    }

    private static byte[] Stream(string content)
    {
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(Text(content));
        return
        [
            .. Text($"<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n"),
            .. packed.ToArray(),
            .. "\nendstream"u8,
        ];
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
