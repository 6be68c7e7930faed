using System.Globalization;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Reads what becomes of the entries: what stands after <c>|</c>. Pure.</summary>
public sealed class Pipes(Scanner scanner)
{
    private const int MostShown = 500;
    public const int Most = 5;
    public static readonly IReadOnlyList<(string Text, string About)> Known =
    [
        ("first 10", "The first ones."),
        ("last 10", "The last ones, oldest first."),
        ("gaps>10m", "Stretches longer than this in which nothing happened."),
        ("count by kind", "How many there are of each."),
        ("causes(depth:3)", "What led to what was found."),
        ("effects(depth:3)", "What followed from what was found."),
    ];

    /// <summary>Null where the text cannot be taken apart.</summary>
    public Many<Pipe>? Read()
    {
        var pipes = new List<Pipe>();
        while (scanner.Next == '|')
        {
            var bar = new Spot(scanner.Position, 1);
            scanner.Take('|');
            if (pipes.Count == Most)
                scanner.Wrong(bar, $"A query has at most {Most} pipes.");
            else if (pipes is [.., CountBy])
                scanner.Wrong(bar, "Nothing comes after 'count by': it answers with counts.");
            else if (pipes is [.., Gaps])
                scanner.Wrong(bar, "Nothing comes after 'gaps': it answers with gaps.");
            else if (One() is { } pipe)
            {
                pipes.Add(pipe);
                continue;
            }

            return null;
        }

        return new Many<Pipe>(pipes);
    }

    private Pipe? One()
    {
        var (name, spot) = scanner.Name();
        switch (name.ToLowerInvariant())
        {
            case "first":
                return Shown(name) is { } first ? new First(first) : null;
            case "last":
                return Shown(name) is { } last ? new Last(last) : null;
            case "gaps":
                return Longer();
            case "count":
                return Counted();
            case "causes" or "effects":
                return Walked(name);
            default:
                var near = Nearest.Of(name, Known.Select(one => one.Text.Split(' ', '>', '(')[0]));
                scanner.Wrong(
                    name.Length > 0 ? spot : new Spot(scanner.Position, 0),
                    name.Length == 0 ? "A pipe is expected here."
                        : near is null ? $"There is no pipe '{name}'."
                        : $"There is no pipe '{name}'. Did you mean '{near}'?",
                    [.. Known.Select(one => one.Text)]
                );
                return null;
        }
    }

    private int? Shown(string name)
    {
        var (text, spot) = scanner.Name();
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MostShown
        )
            return count;
        scanner.Wrong(spot, $"'{name}' says how many, 1 to {MostShown}.", $"{name} 10");
        return null;
    }

    private Gaps? Longer()
    {
        if (scanner.Compared() is Relation.Greater && scanner.Value() is { Quoted: false } raw)
        {
            if (Lengths.Read(raw.Text) is { } longer)
                return new Gaps(longer);
            scanner.Wrong(raw.Spot, $"'{raw.Text}' is no length.", "a length such as 10m or 1h30m");
            return null;
        }

        scanner.WrongHere("'gaps' says how long they are.", "gaps>10m");
        return null;
    }

    private Causal? Walked(string name)
    {
        var causes = name.Equals("causes", StringComparison.OrdinalIgnoreCase);
        if (!scanner.Take('('))
            return new Causal(causes, Causal.Usual);
        var raw = scanner.TakeName("depth") && scanner.Compared() is Relation.Is ? scanner.Value() : null;
        if (
            int.TryParse(raw?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
            && depth is >= 1 and <= Causal.Deepest
            && scanner.Take(')')
        )
            return new Causal(causes, depth);
        var message = $"'{name}' says how many steps, 1 to {Causal.Deepest}.";
        if (raw is null)
            scanner.WrongHere(message, $"{name}(depth:3)");
        else
            scanner.Wrong(raw.Spot, message, $"{name}(depth:3)");
        return null;
    }

    private CountBy? Counted()
    {
        if (!scanner.TakeWord("by"))
        {
            scanner.WrongHere("'count' says by what.", "count by kind");
            return null;
        }

        var (name, spot) = scanner.Name();
        var key = Fields.Keys.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (
            key is null
            && Fields.Find(name) is { } label
            && label.Name.StartsWith(Fields.Label, StringComparison.Ordinal)
        )
            key = label.Name;
        if (key is not null)
            return new CountBy(key);
        var near = Nearest.Of(name, Fields.Keys);
        scanner.Wrong(
            spot,
            $"Entries are not counted by '{name}'.{(near is null ? "" : $" Did you mean '{near}'?")}",
            [.. Fields.Keys, "label.NAME"]
        );
        return null;
    }
}
