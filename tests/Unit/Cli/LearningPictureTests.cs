using Spectre.Console;
using Steady.Cli.Drawing;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Unit.Cli;

/// <summary>What people see of postmortems, figures, the catalog and the status page; what others wrote stays text.</summary>
public sealed class LearningPictureTests
{
    private static readonly DateTimeOffset Now = CommandLine.Now;
    private static readonly FollowUpView Item = new(
        Guid.Empty,
        1,
        "postmortem",
        Guid.Empty,
        "INC-7",
        ["checkout"],
        "Cache [prices]",
        "bo",
        new DateOnly(2026, 12, 31),
        "ana",
        Now,
        null,
        null,
        null
    );

    [Fact]
    public void A_postmortem_shows_what_is_written_what_is_asked_and_what_is_to_be_done()
    {
        var view = new PostmortemView(
            Guid.Empty,
            3,
            Guid.Empty,
            7,
            "checkout",
            Severity.Sev1,
            "Nobody can pay [at all]",
            PostmortemState.InReview,
            Now.AddDays(3),
            false,
            "ana",
            Now,
            ["ana"],
            [
                new(PostmortemSection.Summary, "Summary", "What happened?", "It [was] *bad*.", "", 2, "ana", Now),
                new(PostmortemSection.WentWell, "What went well", "What helped?", "", "", 0, null, null),
            ],
            [new("submitted", "ana", Now, null)],
            new(Now, [], [], [], true, [], []),
            [Item, Item with { DoneAt = Now }],
            []
        );
        Shows(
            PostmortemPictures.Page,
            view,
            "Nobody can pay [at all]",
            "in review",
            "It [was] *bad*.",
            "went-well",
            "What helped?",
            "[ ] Cache [prices]",
            "[x] Cache [prices]",
            "submitted by ana"
        );
        var row = new PostmortemRow(Guid.Empty, 7, "checkout", Severity.Sev1, "Nobody", null, Now, true, null);
        Shows(PostmortemPictures.List, new Page<PostmortemRow>([row], null), "INC-7", "not begun", "overdue", "SEV1");
        Shows(PostmortemPictures.List, new Page<PostmortemRow>([], null), "Nothing is to be written.");
    }

    [Fact]
    public void Figures_show_their_spread_and_what_they_lack()
    {
        MeasureBucket[] buckets = [new(1, 0), new(5, 2), new(null, 8)];
        var measures = new IncidentMeasures(
            Now.AddDays(-90),
            Now,
            "checkout",
            null,
            12,
            [
                new(MeasureName.TimeToDetect, 10, 2, 1, 1, 45, 5400, new(30, 90_000, 0.97m), buckets),
                new(MeasureName.TimeToResolve, 0, 12, 0, 0, null, null, null, [new(1, 0)]),
            ],
            []
        );
        Shows(
            MeasurePictures.Page,
            measures,
            "12 incidents",
            "45 s",
            "1 h 30 min",
            "30 s to 1 d 1 h",
            "2 missing, 1 invalid, 1 stale",
            "too few",
            "█"
        );
    }

    [Fact]
    public void The_catalog_shows_who_needs_whom_and_how()
    {
        var entry = new CatalogEntryView(
            CatalogKind.Component,
            "checkout",
            2,
            "Checkout [eu]",
            "Takes the money.",
            "payments",
            "shop",
            "service",
            "production",
            1,
            true,
            [new("ledger"), new("reviews", Strength: DependencyStrength.Soft, Fallback: "Shown without [them].")],
            ["shop-front"],
            [],
            "ana",
            Now
        );
        Shows(
            CatalogPictures.Page,
            entry,
            "Checkout [eu]",
            "payments",
            "needed by",
            "shop-front",
            "needs component ledger",
            "softly: Shown without [them]."
        );
        Shows(CatalogPictures.List, new Page<CatalogEntryView>([entry], null), "ledger, reviews", "shop-front");
        Shows(CatalogPictures.List, new Page<CatalogEntryView>([], null), "catalog is empty");
        Shows(
            CatalogPictures.Applied,
            new CatalogApplied(
                true,
                [new(CatalogKind.Component, "checkout", CatalogChangeKind.Added, 1)],
                [new(2, 20, "User", "People are who their tokens say they are.")],
                ["component checkout needs component ledger, which is not in the catalog."]
            ),
            "WOULD BE",
            "added",
            "Document 2 (line 20, User) was left alone",
            "which is not in the catalog."
        );
    }

    [Fact]
    public void The_status_page_says_how_old_it_is()
    {
        var status = new StatusSummary(
            Now.AddMinutes(-5),
            true,
            StatusImpact.Major,
            [new("checkout", "Payments", StatusImpact.Major)],
            [
                new(
                    Guid.Empty,
                    "Payments",
                    Now.AddMinutes(-9),
                    null,
                    StatusImpact.Major,
                    StatusStep.Investigating,
                    [new(Now.AddMinutes(-9), StatusStep.Investigating, StatusImpact.Major, "We [look] at it.")]
                ),
            ],
            []
        );
        Shows(
            StatusPictures.Page,
            status,
            "newer cannot be asked",
            "out of order",
            "We [look] at it.",
            "Investigating"
        );
        Shows(StatusPictures.Page, status with { Components = [], Open = [] }, "Customers know no component");
    }

    private static void Shows<T>(Action<IAnsiConsole, T, DateTimeOffset> draw, T answer, params string[] parts)
    {
        var text = new StringWriter();
        draw(Screens.On(text), answer, Now);
        Assert.All(parts, part => Assert.Contains(part, $"{text}", StringComparison.Ordinal));
    }
}
