namespace Steady.Incidents.Documents;

/// <summary>A part of a document, before it is known how it will look.</summary>
public abstract record Part;

public sealed record Heading(int Level, string Text) : Part;

public sealed record Paragraph(string Text) : Part;

/// <summary>Markdown that somebody wrote.</summary>
public sealed record Written(string Markdown) : Part;

/// <summary>A table. A cell may lead somewhere.</summary>
public sealed record Grid(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Part;

/// <param name="Heads">It stands alone in its row, above those that follow.</param>
public sealed record Cell(string Text, string? Link = null, Ink? Ink = null, bool Heads = false);

/// <summary>A colour on paper; each is dark enough to be read when it is printed in grey.</summary>
public sealed record Ink(double Red, double Green, double Blue)
{
    public static Ink Black { get; } = new(0.07, 0.09, 0.13);
    public static Ink Grey { get; } = new(0.35, 0.39, 0.47);
    public static Ink Warn { get; } = new(0.6, 0.32, 0);
    public static Ink Accent { get; } = new(0.11, 0.37, 0.84);
    public static Ink Line { get; } = new(0.82, 0.84, 0.88);
    public static Ink Shade { get; } = new(0.95, 0.96, 0.975);
}
