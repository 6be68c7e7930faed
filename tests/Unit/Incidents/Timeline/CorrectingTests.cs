using JasperFx.Events;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Steady.Kernel;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Timeline;

public sealed class CorrectingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Incident = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly Actor Ana = new("ana");

    private static readonly EntryRecorded Deploy = new(
        "api",
        "deploy",
        Now.AddMinutes(-5),
        ["checkout"],
        Incident,
        null,
        "bo",
        null,
        "release-7 went out."
    );

    private static StandingEntry Standing => StandingEntry.Of(Id, Id, Deploy)!;

    [Fact]
    public void An_amendment_says_the_whole_entry_anew_with_a_reason()
    {
        var amend = new AmendEntry("The clock was an hour ahead", OccurredAt: Now.AddMinutes(-65));
        var said = Assert.IsType<EntryAmended>(Correcting.Amend(Standing, amend, Ana, Now).Events.Single());
        Assert.Equal(
            (Id, 2, "ana", "The clock was an hour ahead"),
            (said.EntryId, said.EntryVersion, said.By, said.Reason)
        );
        Assert.Equal(Deploy with { OccurredAt = Now.AddMinutes(-65) }, said.Entry);
    }

    [Fact]
    public void An_amendment_that_changes_nothing_is_none() =>
        Assert.Empty(Correcting.Amend(Standing, new AmendEntry("Again", "release-7 went out."), Ana, Now).Events);

    [Fact]
    public void What_was_taken_back_is_not_amended_and_not_taken_back_twice()
    {
        var gone = Standing with { IsRetracted = true };
        Assert.Equal("entry-retracted", Correcting.Amend(gone, new AmendEntry("x", "y"), Ana, Now).Refusal!.Code);
        Assert.Empty(Correcting.Retract(gone, new RetractEntry("x"), Ana, Now).Events);
    }

    [Fact]
    public void A_correction_must_be_as_good_as_an_entry()
    {
        Assert.Contains(
            "occurredAt",
            Correcting.Amend(Standing, new AmendEntry("x", OccurredAt: Now.AddDays(1)), Ana, Now).Refusal!.Detail,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "entry-unacceptable",
            Correcting.Amend(Standing, new AmendEntry("x", Kind: "incident-resolved"), Ana, Now).Refusal!.Code
        );
    }

    [Fact]
    public void A_note_can_be_corrected_and_what_the_platform_did_cannot()
    {
        Assert.Equal(
            "Seen",
            StandingEntry.Of(Id, Incident, new NoteAdded("checkout", "Seen", Now, "ana", Now))!.Entry.Text
        );
        Assert.Null(
            StandingEntry.Of(
                Id,
                Incident,
                new Steady.Incidents.Response.IncidentMitigated("checkout", "Rolled back", "ana", Now)
            )
        );
        Assert.Null(StandingEntry.Of(Id, Id, Deploy with { Kind = "burn-alert-opened", Source = "budgets" }));
    }

    [Fact]
    public void A_history_shows_each_version_what_it_changed_and_until_when_it_stood()
    {
        var amended = new EntryAmended(Id, 2, Deploy with { Text = "release-8 went out." }, "Wrong number", "ana", Now);
        var retracted = new EntryRetracted(
            Id,
            2,
            "api",
            "deploy",
            ["checkout"],
            Incident,
            "Another cluster",
            "cleo",
            Now
        );
        var history = Histories.Of(
            Stored(Deploy, Id, Now.AddMinutes(-4)),
            [Stored(amended, Incident, Now.AddMinutes(-3)), Stored(retracted, Incident, Now.AddMinutes(-2))],
            OpenKeys.None
        );

        Assert.Equal([1, 2], history.Versions.Select(version => version.Entry.EntryVersion));
        Assert.Equal(["bo", "ana"], history.Versions.Select(version => version.By));
        Assert.Equal(
            [Now.AddMinutes(-3), Now.AddMinutes(-2)],
            history.Versions.Select(version => version.Entry.KnownUntil!.Value)
        );
        Assert.Equal(
            new FieldChange("text", "release-7 went out.", "release-8 went out."),
            history.Versions[1].Changed.Single()
        );
        Assert.Equal("cleo", history.Retracted!.By);
        Assert.Equal(3, history.Version);
    }

    [Fact]
    public void A_version_was_known_by_the_timelines_clock_and_by_the_stores_until_the_timeline_has_it()
    {
        var amended = new EntryAmended(Id, 2, Deploy with { Text = "release-8 went out." }, "Wrong number", "ana", Now);
        var history = Histories.Of(
            Stored(Deploy, Id, Now.AddMinutes(-4)),
            [Stored(amended, Incident, Now.AddMinutes(-3))],
            OpenKeys.None
        );
        (DateTimeOffset From, DateTimeOffset? Until) begun = (Now.AddMinutes(-3.5), null),
            ended = (begun.From, Now);

        var first = history.By(new Dictionary<int, (DateTimeOffset From, DateTimeOffset? Until)> { [1] = begun });
        var later = history.By(new Dictionary<int, (DateTimeOffset From, DateTimeOffset? Until)> { [1] = ended });

        Assert.Equal(
            [Now.AddMinutes(-3.5), Now.AddMinutes(-3)],
            first.Versions.Select(version => version.Entry.RecordedAt)
        );
        Assert.Equal(Now.AddMinutes(-3), first.Versions[0].Entry.KnownUntil);
        Assert.Equal(Now, later.Versions[0].Entry.KnownUntil);
    }

    [Fact]
    public void A_moment_is_widened_by_how_exactly_it_is_known_and_never_moved()
    {
        Assert.Equal(Now.AddMinutes(1), Precisions.Until(Now, EntryPrecision.Minute));
        Assert.Null(Precisions.Until(Now, EntryPrecision.Exact));
        var approx = TimelineLines.Of(Stored(Deploy with { Precision = EntryPrecision.Approx }, Id, Now)).Single();
        Assert.Equal(Deploy.OccurredAt, approx.OccurredAt);
        Assert.Equal(Deploy.OccurredAt.AddMinutes(-5), Precisions.From(approx));
        Assert.Equal(Deploy.OccurredAt.AddMinutes(5), Precisions.Until(approx));
    }

    private static IEvent Stored<T>(T data, Guid stream, DateTimeOffset at)
        where T : class =>
        new Event<T>(data)
        {
            Id = stream == Id ? Id : Guid.CreateVersion7(at),
            StreamId = stream,
            Timestamp = at,
        };
}
