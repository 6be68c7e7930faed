namespace Steady.Tests.Unit.Cli;

/// <summary>Commands about evidence that are understood.</summary>
internal static class EntryLines
{
    public static IReadOnlyList<string> All { get; } =
    [
        "entry add INC-7 --kind deploy --text Released --at 15m --precision minute --author bo",
        "entry import -f seen.ndjson --incident INC-7",
        "entry versions 01990000-0000-7000-8000-000000000001",
        "entry amend 01990000-0000-7000-8000-000000000001 --reason Typo --text Released --kind deploy",
        "entry amend 01990000-0000-7000-8000-000000000001 --reason Typo --until 5m --confidence high --service till --service prices --label region=north --link https://ci.example/7",
        "entry retract 01990000-0000-7000-8000-000000000001 --reason Wrong",
        "entry redact 01990000-0000-7000-8000-000000000001 --reason Named",
        "entry forget bo --reason Left",
        "entry proof",
    ];
}
