using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo;

/// <summary>The single tests that the rules are made of, each with the name the official SDK gives it.</summary>
internal sealed partial class Findings
{
    private const string Label =
        "1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit.";

    public void DnsLabel(Place place)
    {
        var text = place.Text ?? "";
        if (text.Length > 63 || !DnsLabelForm().IsMatch(text))
            Add(place, "string_dns_label", $"'{Short(text)}' is no name.", Label);
    }

    public void Longest(Place place, int most)
    {
        if (place.Text is { } text && text.EnumerateRunes().Count() is var length && length > most)
            Add(place, "string_max_length", $"The text has {length} characters.", $"At most {most} characters.");
    }

    public void OneOf(Place place, params ReadOnlySpan<string> words)
    {
        if (!words.Contains(place.Text ?? ""))
            Add(place, "one_of", $"'{Short(place.Text ?? "")}' is not accepted.", $"{string.Join(", ", words!)}.");
    }

    /// <summary>The one of two or more that is set; none is accepted when <paramref name="required"/> is false.</summary>
    public bool Exclusive(Place at, bool required, params ReadOnlySpan<(string Name, bool IsSet)> members)
    {
        var (names, set) = (new List<string>(), new List<string>());
        foreach (var (name, isSet) in members)
        {
            names.Add(name);
            if (isSet)
                set.Add(name);
        }

        var accepted = $"Exactly one of {string.Join(", ", names)}.";
        return set.Count switch
        {
            0 when required => Add(at, "mutually_exclusive", $"There is none of {string.Join(", ", names)}.", accepted),
            < 2 => true,
            _ => Add(at, "mutually_exclusive", $"{string.Join(" and ", set)} exclude each other.", accepted),
        };
    }

    public void Forbidden(Place place, string accepted)
    {
        if (!place.IsZero)
            Add(place, "forbidden", $"'{place.Name}' is not accepted here.", accepted);
    }

    public void Above(Place place, int least) => Bound(place, "greater_than", n => n > 0, $"above {least}", least);

    public void AtLeast(Place place, int least) =>
        Bound(place, "greater_than_or_equal_to", n => n >= 0, $"{least} or above", least);

    public void Below(Place place, int most) => Bound(place, "less_than", n => n < 0, $"below {most}", most);

    public void AtMost(Place place, int most) =>
        Bound(place, "less_than_or_equal_to", n => n <= 0, $"{most} or below", most);

    public void Count(Place list, int least, int? most)
    {
        var count = list.Items().Count();
        if (count >= least && (most is null || count <= most))
            return;
        Add(
            list,
            most is null ? "slice_min_length" : "slice_length",
            $"There are {count}.",
            most is null ? $"At least {least}." : $"Exactly {most}."
        );
    }

    public void Duration(Place place, Dialect dialect)
    {
        var duration = OpenSlo.Duration.Read(place.Text ?? "");
        var unit = place["unit"] with { Node = place.Node };
        var accepted = place.Shape!.Accepted;
        if (duration is null)
            Add(unit, "required", "The duration has no unit.", accepted);
        else if (
            duration.Value.Unit.Length > 1
            || !dialect.Units.Contains(duration.Value.Unit, StringComparison.Ordinal)
        )
            Add(unit, "one_of", $"There is no unit '{Short(duration.Value.Unit)}'.", accepted);
        if (duration is { Count: < 0 } negative)
            Add(
                place["value"] with
                {
                    Node = place.Node,
                },
                "greater_than_or_equal_to",
                $"{negative.Count} is negative.",
                accepted
            );
    }

    public void DateTime(Place place)
    {
        var text = place.Text ?? "";
        if (!DateTimeForm().IsMatch(text) || !IsMoment(text))
            Add(place, "string_date_time", $"'{Short(text)}' is no date and time.", "For example 2026-01-01 00:00:00.");
    }

    public void TimeZone(Place place)
    {
        var text = place.Text ?? "";
        if (!TimeZones.Knows(text))
            Add(
                place,
                "string_time_zone",
                $"There is no time zone '{Short(text)}'.",
                "An IANA name, for example Europe/Berlin."
            );
    }

    public void Letters(Place place)
    {
        if (!LettersForm().IsMatch(place.Text ?? ""))
            Add(
                place,
                "string_alpha",
                $"'{Short(place.Text ?? "")}' is not of letters only.",
                "Letters a to z and A to Z."
            );
    }

    private void Bound(Place place, string rule, Func<int, bool> holds, string words, int limit)
    {
        if (place.Number is { } number && !holds(number.CompareTo(limit)))
            Add(place, rule, $"{Short((place.Node as NumberNode)!.Value)} is not {words}.", $"A number {words}.");
    }

    // A fraction of a second is accepted, and passed over.
    private static bool IsMoment(string text) =>
        System.DateTime.TryParseExact(
            text.Split('.', ',')[0],
            "yyyy-MM-dd H:mm:ss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        );

    private static string Short(string text) => text.Length > 80 ? $"{text[..80]}…" : text;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabelForm();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{1,2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?\z")]
    private static partial Regex DateTimeForm();

    [GeneratedRegex(@"^[a-zA-Z]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LettersForm();
}
