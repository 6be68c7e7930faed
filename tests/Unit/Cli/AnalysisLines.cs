namespace Steady.Tests.Unit.Cli;

/// <summary>What follows from a timeline, as it is typed.</summary>
internal static class AnalysisLines
{
    public static IReadOnlyList<string> All { get; } =
    [
        "timeline order INC-7",
        "timeline order INC-7 --known-at 1h",
        "timeline contradictions INC-7 --known-at 1h",
        "timeline rule INC-7 01990000-0000-7000-8000-000000000001 --verdict one-holds --entry 01990000-0000-7000-8000-000000000001 --reason Log",
        "timeline causes 01990000-0000-7000-8000-000000000001 --depth 5",
        "timeline effects 01990000-0000-7000-8000-000000000001",
        "timeline path 01990000-0000-7000-8000-000000000001 01990000-0000-7000-8000-000000000001",
        "timeline because 01990000-0000-7000-8000-000000000001 01990000-0000-7000-8000-000000000001 --why Commit --confidence high",
        "timeline not-because 01990000-0000-7000-8000-000000000001 01990000-0000-7000-8000-000000000001 --reason No",
        "timeline gap INC-7 --known-at 1h",
        "timeline seen INC-7 --by role/commander --at 1h",
        "timeline state INC-7 --at 1h --known-at 5m",
        "diff INC-7 INC-9",
        "diff INC-7 INC-9 --align impactStarted",
        "similar INC-7 -k 3",
        "replay INC-7",
        "replay kind:alert --speed 3600x --lane fog --from 2h --to 1h --whole",
        "replay INC-7 -s 10 --html replay.html",
        "timeline INC-7 story.pdf -o pdf",
        "timeline kind:alert story.html --format html --known-at 1h",
        "timeline view webhook set deploys",
        "timeline view webhook set deploys --address https://hooks.example.org/x --secret whsec_x --batch 5",
        "timeline view webhook show deploys",
        "timeline view webhook test deploys",
        "timeline view webhook remove deploys",
    ];
}
