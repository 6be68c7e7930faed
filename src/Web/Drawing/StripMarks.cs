namespace Steady.Web.Drawing;

/// <summary>Marks that would lie on each other become one, and labels never run into the next mark.</summary>
public static class StripMarks
{
    private const string Between = " · ";
    private const double Near = 15;
    private const double CharacterWidth = 6.1;
    private const double Beside = 11;

    public static IReadOnlyList<Mark> Merge(IEnumerable<Mark> marks)
    {
        var merged = new List<(Mark Mark, double End)>();
        foreach (var mark in marks.OrderBy(m => m.X))
        {
            if (merged.Count > 0 && mark.X - merged[^1].End < Near)
                merged[^1] = (Join(merged[^1].Mark, mark), mark.X);
            else
                merged.Add((mark, mark.X));
        }

        return [.. merged.Select(m => m.Mark)];
    }

    /// <summary>A label stands after its mark; where there is no room, before it; else it is cut, and a stump is left out.</summary>
    public static IReadOnlyList<MarkLabel?> Labels(
        IReadOnlyList<Mark> marks,
        IReadOnlyList<Bar> obstacles,
        double left,
        double right
    )
    {
        var labels = new List<MarkLabel?>();
        var free = left;
        for (var i = 0; i < marks.Count; i++)
        {
            var mark = marks[i];
            var next = Math.Min(
                i + 1 < marks.Count ? marks[i + 1].X - Beside : right,
                obstacles.Where(b => b.X >= mark.X).Select(b => b.X - 4).DefaultIfEmpty(right).Min()
            );
            free = Math.Max(
                free,
                obstacles.Where(b => b.X + b.Width <= mark.X).Select(b => b.X + b.Width + 4).DefaultIfEmpty(left).Max()
            );
            var wide = mark.Label.Length * CharacterWidth;
            var label =
                mark.X + Beside + wide <= next ? new MarkLabel(mark.X + Beside, Before: false, mark.Label)
                : mark.X - Beside - wide >= free ? new MarkLabel(mark.X - Beside, Before: true, mark.Label)
                : Cut(mark.Label, next - mark.X - Beside) is { } cut
                    ? new MarkLabel(mark.X + Beside, Before: false, cut)
                : null;
            labels.Add(label);
            free = label is { Before: false } ? label.X + label.Text.Length * CharacterWidth : mark.X + Beside;
        }

        return labels;
    }

    private static string? Cut(string label, double room) =>
        (int)(room / CharacterWidth) is var fits and >= 6
            ? $"{label[..Math.Min(label.Length, fits - 1)].TrimEnd()}…"
            : null;

    private static Mark Join(Mark first, Mark next) =>
        first with
        {
            Count = first.Count + next.Count,
            Tone = next.Tone == "plain" ? first.Tone : next.Tone,
            Label = first.Label.Split(Between).Contains(next.Label)
                ? first.Label
                : $"{first.Label}{Between}{next.Label}",
            Title = $"{first.Title}\n{next.Title}",
        };
}
