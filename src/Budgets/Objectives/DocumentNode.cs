namespace Steady.Budgets.Objectives;

/// <summary>A document as written: nothing is converted, so that 0.999 stays what the author wrote.</summary>
/// <param name="Line">Where it stands; 0 when the format does not tell.</param>
public abstract record DocumentNode(int Line);

/// <summary>Text, a number, true or false.</summary>
public sealed record ScalarNode(string Value, bool IsText, int Line) : DocumentNode(Line);

/// <summary>Nothing: <c>null</c>, <c>~</c>, or a key without a value.</summary>
public sealed record NoNode(int Line) : DocumentNode(Line);

/// <summary>Keys in the order of the document.</summary>
public sealed record MapNode(IReadOnlyList<KeyValuePair<string, DocumentNode>> Members, int Line) : DocumentNode(Line)
{
    public DocumentNode? this[string key] => Members.FirstOrDefault(member => member.Key == key).Value;
}

public sealed record ListNode(IReadOnlyList<DocumentNode> Items, int Line) : DocumentNode(Line);

/// <summary>The text is no document. Thrown by the readers only, and caught where they are called.</summary>
public sealed class DocumentException(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}
