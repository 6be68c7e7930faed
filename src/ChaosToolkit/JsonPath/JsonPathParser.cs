using System.Globalization;
using System.Text.RegularExpressions;
using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>Thrown by the parser only, and caught where it is called.</summary>
internal sealed class JsonPathException(string message, int column) : Exception(message)
{
    public int Column { get; } = column;
}

internal sealed partial class JsonPathParser
{
    private const int Longest = 2_000;
    private const int Deepest = 20;

    private readonly string text;
    private int at;
    private int depth;

    public JsonPathParser(string text)
    {
        this.text = text.Length <= Longest ? text : throw new JsonPathException($"longer than {Longest} characters", 1);
    }

    public JsonPathQuery Whole()
    {
        Blank();
        if (!Take("$"))
            throw Wrong("a path begins with '$'");
        var query = Path(fromRoot: true);
        Blank();
        return at == text.Length ? query : throw Wrong("nothing more can be read from here");
    }

    private JsonPathQuery Path(bool fromRoot)
    {
        var steps = new List<Step>();
        while (true)
        {
            Blank();
            if (Take(".."))
            {
                Blank();
                steps.Add(new DescentStep(Ahead('[') ? Bracket() : Bare()));
            }
            else if (Take("."))
                steps.Add(Bare());
            else if (Ahead('['))
                steps.Add(Bracket());
            else
                return new JsonPathQuery(fromRoot, steps);
        }
    }

    private Step Bare()
    {
        Blank();
        if (Take("*"))
            return new AllStep();
        var name = Word() ?? throw Wrong("a name or '*' must follow here");
        return Ahead('(') ? throw Wrong($"'{name}()' is not known; functions are not read") : new MemberStep(name);
    }

    private Step Bracket()
    {
        Enter();
        Expect('[');
        var steps = new List<Step> { Inside() };
        while (Taken(','))
            steps.Add(Inside());
        Expect(']');
        depth--;
        return steps is [var only] ? only : new UnionStep(steps);
    }

    private Step Inside()
    {
        Blank();
        if (Take("*"))
            return new AllStep();
        if (Ahead('"'))
            return new MemberStep(Quoted());
        if (Take("?"))
        {
            Expect('(');
            var condition = Everything();
            Expect(')');
            return new FilterStep(condition);
        }

        if (Ahead('\''))
            throw Wrong("a text stands in double quotes");
        var first = Integer();
        if (Taken(':'))
            return Slice(first);
        return first is { } index
            ? new IndexStep(index)
            : throw Wrong("a text in double quotes, a number, '*', a slice or '?(…)' must follow here");
    }

    private SliceStep Slice(int? from)
    {
        var to = Integer();
        var by = Taken(':') ? Integer() : null;
        return by == 0 ? throw Wrong("a slice cannot go on by 0") : new SliceStep(from, to, by ?? 1);
    }

    // 'or' binds tighter than 'and': that is the dialect.
    private Condition Everything()
    {
        Enter();
        var all = new List<Condition> { Either() };
        while (TakenWord("and"))
            all.Add(Either());
        depth--;
        return all is [var only] ? only : new AllOf(all);
    }

    private Condition Either()
    {
        var any = new List<Condition> { Single() };
        while (TakenWord("or"))
            any.Add(Single());
        return any is [var only] ? only : new AnyOf(any);
    }

    private Condition Single()
    {
        Blank();
        if (TakenWord("not"))
        {
            Enter();
            var condition = Single();
            depth--;
            return new Not(condition);
        }

        if (Taken('('))
        {
            var condition = Everything();
            Expect(')');
            return condition;
        }

        var left = Operand();
        Blank();
        if (text.AsSpan(at).StartsWith("=="))
            throw Wrong("equality is written with one '='");
        foreach (var sign in (string[])["!=", "<=", ">=", "=", "<", ">"])
        {
            if (Take(sign))
                return new Comparison(left, sign, Operand());
        }

        return TakenWord("contains") ? new Comparison(left, "contains", Operand()) : new Exists(left);
    }

    private Operand Operand()
    {
        Blank();
        if (Take("$"))
            return new(Path(fromRoot: true), null);
        return Take("@") ? new(Path(fromRoot: false), null) : new(null, Value());
    }

    private Node Value()
    {
        Blank();
        if (Ahead('"'))
            return new TextNode(Quoted());
        if (Ahead('\''))
            throw Wrong("a text stands in double quotes");
        if (Number().Match(text, at) is { Success: true } number)
        {
            at += number.Length;
            return new NumberNode(number.Value);
        }

        if (Ahead('[') || Ahead('{'))
            return Document();
        var start = at;
        switch (Word())
        {
            case "true":
                return new TruthNode(true);
            case "false":
                return new TruthNode(false);
            case "null":
                return new NoNode();
            default:
                at = start;
                throw Wrong("'@', '$' or a value must follow here");
        }
    }

    // A list or an object as it stands: the shortest piece of text that is one.
    private Node Document()
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if ((text[end] is ']' or '}') && NodeText.Read(text[at..(end + 1)], json: true) is { Broken: null } read)
            {
                at = end + 1;
                return read.Documents[0];
            }
        }

        throw Wrong("this list or object does not end");
    }

    private string Quoted()
    {
        var end = at + 1;
        while (end < text.Length && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length || NodeText.Read(text[at..(end + 1)], json: true) is not { Broken: null } read)
            throw Wrong("this text does not end");
        at = end + 1;
        return ((TextNode)read.Documents[0]).Value;
    }

    private int? Integer()
    {
        Blank();
        if (IntegerForm().Match(text, at) is not { Success: true } match)
            return null;
        if (!int.TryParse(match.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Wrong("this number is too large");
        at += match.Length;
        return number;
    }

    private string? Word()
    {
        if (Name().Match(text, at) is not { Success: true } match)
            return null;
        at += match.Length;
        return match.Value;
    }

    private bool TakenWord(string word)
    {
        Blank();
        var start = at;
        if (Word() == word)
            return true;
        at = start;
        return false;
    }

    private bool Taken(char sign)
    {
        Blank();
        return Take($"{sign}");
    }

    private bool Take(string sign)
    {
        if (!text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal))
            return false;
        at += sign.Length;
        return true;
    }

    private bool Ahead(char sign) => at < text.Length && text[at] == sign;

    private void Expect(char sign)
    {
        if (!Taken(sign))
            throw Wrong($"'{sign}' must follow here");
    }

    private void Blank()
    {
        while (at < text.Length && (text[at] is ' ' or '\t' or '\n' or '\r'))
            at++;
    }

    private void Enter()
    {
        if (++depth > Deepest)
            throw Wrong($"nested deeper than {Deepest}");
    }

    private JsonPathException Wrong(string message) => new(message, Math.Min(at, text.Length) + 1);

    [GeneratedRegex(@"\G[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\G-?(0|[1-9][0-9]*)", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"\G-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
