using Steady.Contracts.Incidents;
using Steady.Incidents.Learning;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Learning;

/// <summary>Ana writes, Bo writes with her, Cleo reviews.</summary>
public sealed class PostmortemTests
{
    private static readonly Actor Cleo = new("cleo");
    private static readonly Guid Incident = Guid.Parse("01990000-0000-7000-8000-000000000007");
    private static readonly PostmortemStarted Started = new(Incident, 7, "checkout", "Nobody can pay", "ana", Noon);
    private static readonly SectionWritten Summary = Wrote(PostmortemSection.Summary, "Nobody could pay.", "ana");
    private static readonly SectionWritten Impact = Wrote(PostmortemSection.Impact, "All of Europe.", "bo");
    private static readonly SectionWritten Factors = Wrote(PostmortemSection.ContributingFactors, "A release.", "ana");
    private static readonly PostmortemSubmitted Submitted = new(Incident, "checkout", "ana", Noon);
    private static readonly PostmortemReviewed Reviewed = new(Incident, "checkout", "Good.", "cleo", Noon);
    private static readonly PostmortemPublished Published = new(Incident, "checkout", "ana", Noon);
    private static readonly object[] Complete = [Started, Summary, Impact, Factors];

    [Fact]
    public void Two_people_who_write_different_sections_do_not_meet() =>
        Given<Postmortem>(Started, Summary)
            .When(p => WritingPostmortem.Write(p, PostmortemSection.Impact, new("All of Europe.", 0), Bo, Now))
            .Then(Impact with { At = Now });

    [Fact]
    public void Who_writes_over_what_somebody_else_wrote_meanwhile_is_told() =>
        Given<Postmortem>(Started, Summary)
            .When(p => WritingPostmortem.Write(p, PostmortemSection.Summary, new("Mine.", 0), Bo, Now))
            .ThenRefused("section-changed");

    [Fact]
    public void Who_has_seen_what_stands_there_may_replace_it() =>
        Given<Postmortem>(Started, Summary)
            .When(p => WritingPostmortem.Write(p, PostmortemSection.Summary, new("Better.", 1), Bo, Now))
            .Then(Wrote(PostmortemSection.Summary, "Better.", "bo") with { At = Now });

    [Fact]
    public void Writing_the_same_again_changes_nothing_whatever_version_it_names() =>
        Given<Postmortem>(Started, Summary)
            .When(p => WritingPostmortem.Write(p, PostmortemSection.Summary, new("Nobody could pay.", 0), Bo, Now))
            .ThenNothing();

    [Fact]
    public void Emptying_what_nobody_has_written_changes_nothing() =>
        Given<Postmortem>(Started)
            .When(p => WritingPostmortem.Write(p, PostmortemSection.Lucky, new(""), Bo, Now))
            .ThenNothing();

    [Fact]
    public void A_review_is_asked_for_when_the_incident_is_over_and_the_main_parts_are_written()
    {
        Given<Postmortem>(Complete).When(p => WritingPostmortem.Submit(p, true, Ana, Noon)).Then(Submitted);
        Given<Postmortem>(Complete)
            .When(p => WritingPostmortem.Submit(p, false, Ana, Now))
            .ThenRefused("incident-open");
        Given<Postmortem>(Started, Summary, Factors)
            .When(p => WritingPostmortem.Submit(p, true, Ana, Now))
            .ThenRefused("postmortem-incomplete");
        Given<Postmortem>([.. Complete, Submitted]).When(p => WritingPostmortem.Submit(p, true, Bo, Now)).ThenNothing();
    }

    [Fact]
    public void An_emptied_section_is_missing() =>
        Given<Postmortem>([.. Complete, Wrote(PostmortemSection.Impact, " ", "bo")])
            .When(p => WritingPostmortem.Submit(p, true, Ana, Now))
            .ThenRefused("postmortem-incomplete");

    [Fact]
    public void Nobody_reviews_what_they_have_written_in()
    {
        object[] asked = [.. Complete, Submitted];
        Given<Postmortem>(asked).When(p => WritingPostmortem.Review(p, null, Ana, Now)).ThenRefused("review-own");
        Given<Postmortem>(asked).When(p => WritingPostmortem.Review(p, null, Bo, Now)).ThenRefused("review-own");
        Given<Postmortem>(asked).When(p => WritingPostmortem.Review(p, "Good.", Cleo, Noon)).Then(Reviewed);
    }

    [Fact]
    public void What_nobody_asked_to_review_is_not_reviewed() =>
        Given<Postmortem>(Complete)
            .When(p => WritingPostmortem.Review(p, null, Cleo, Now))
            .ThenRefused("postmortem-draft");

    [Fact]
    public void Writing_after_the_review_asks_for_another_one()
    {
        object[] touched = [.. Complete, Submitted, Reviewed, Wrote(PostmortemSection.Lessons, "Test.", "bo")];
        Assert.Equal(PostmortemState.InReview, Fold<Postmortem>(touched)!.State);
        Given<Postmortem>(touched)
            .When(p => WritingPostmortem.Publish(p, Ana, Now))
            .ThenRefused("postmortem-unreviewed");
    }

    [Fact]
    public void What_was_given_back_is_a_draft_again()
    {
        var back = new PostmortemSentBack(Incident, "checkout", "Why?", "cleo", Now);
        object[] asked = [.. Complete, Submitted];
        Given<Postmortem>(asked).When(p => WritingPostmortem.SendBack(p, "Why?", Cleo, Now)).Then(back);
        Given<Postmortem>([.. asked, back]).When(p => WritingPostmortem.SendBack(p, "Why?", Cleo, Now)).ThenNothing();
        Assert.Equal(PostmortemState.Draft, Fold<Postmortem>([.. asked, back])!.State);
    }

    [Fact]
    public void What_was_reviewed_is_published_once_and_then_stays()
    {
        object[] reviewed = [.. Complete, Submitted, Reviewed];
        object[] published = [.. reviewed, Published];
        Given<Postmortem>(reviewed).When(p => WritingPostmortem.Publish(p, Ana, Noon)).Then(Published);
        Given<Postmortem>(Complete)
            .When(p => WritingPostmortem.Publish(p, Ana, Now))
            .ThenRefused("postmortem-unreviewed");
        Given<Postmortem>(published).When(p => WritingPostmortem.Publish(p, Bo, Now)).ThenNothing();
        foreach (
            var rule in (Func<Postmortem, Decision>[])
                [
                    p => WritingPostmortem.Write(p, PostmortemSection.Summary, new("Mine."), Bo, Now),
                    p => WritingPostmortem.Submit(p, true, Bo, Now),
                    p => WritingPostmortem.SendBack(p, "Why?", Bo, Now),
                    p => WritingPostmortem.Review(p, null, Cleo, Now),
                ]
        )
            Given<Postmortem>(published).When(rule).ThenRefused("postmortem-published");
    }

    [Theory]
    [InlineData(Severity.Sev1, "2026-11-27T12:00:00Z", "2026-11-30T12:00:00Z")]
    [InlineData(Severity.Sev2, "2026-11-23T12:00:00Z", "2026-11-30T12:00:00Z")]
    [InlineData(Severity.Sev2, "2026-11-28T12:00:00Z", "2026-12-04T12:00:00Z")]
    [InlineData(Severity.Sev3, "2026-11-27T12:00:00Z", null)]
    [InlineData(Severity.Sev1, null, null)]
    public void It_is_due_three_days_after_a_sev_1_and_five_working_days_after_a_sev_2(
        Severity severity,
        string? end,
        string? due
    ) => Assert.Equal(Read(due), Due.Of(severity, Read(end)));

    [Fact]
    public void Sections_are_found_by_the_words_people_use()
    {
        foreach (var section in PostmortemSections.All)
        {
            Assert.Equal(section, PostmortemSections.Find(PostmortemSections.WordOf(section)));
            Assert.Equal(section, PostmortemSections.Find($"{section}"));
        }

        Assert.Null(PostmortemSections.Find("3"));
        Assert.Null(PostmortemSections.Find("blame"));
    }

    private static SectionWritten Wrote(PostmortemSection section, string text, string by) =>
        new(Incident, "checkout", section, text, by, Noon);

    private static DateTimeOffset? Read(string? moment) =>
        moment is null ? null : DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
}
