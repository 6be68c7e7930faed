using System.Xml.Linq;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Status;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;
using UpdatePosted = Steady.Incidents.Response.UpdatePosted;

namespace Steady.Tests.Unit.Incidents.Status;

/// <summary>What customers are told, and what they are not.</summary>
public sealed class StatusTests
{
    private static readonly StoriesProjection Stories = new();
    private static readonly (string, string)[] Known = [("checkout", "Payments"), ("ledger", "Accounts")];

    // At 0 declared, at 1 min told inside, at 2 min told customers, at 5 min mitigated, at 6 min told, at 9 min over.
    [Fact]
    public void Customers_see_what_was_meant_for_them_and_how_far_it_was_then()
    {
        var told = Tell(Started(), "We look at it.", 2);
        Assert.Equal((StatusImpact.Partial, StatusStep.Investigating), (told.Impact, told.Step));
        var over = Stories.Apply(Resolved, Tell(Stories.Apply(Mitigated, told), "It works again.", 6));
        Assert.Equal(
            [(StatusStep.Investigating, StatusImpact.Partial), (StatusStep.Monitoring, StatusImpact.None)],
            over.Notes.Select(note => (note.Step, note.Impact))
        );
        Assert.DoesNotContain(over.Notes, note => note.Text == "Cache is cold.");

        var page = Summarizing.Of(Known, [over], Noon.AddDays(1));
        Assert.Equal(StatusImpact.None, page.Overall);
        var past = Assert.Single(page.Past);
        Assert.Equal(
            ("Payments", Noon.AddMinutes(2), StatusImpact.Partial),
            (past.Component, past.StartedAt, past.Worst)
        );
        Assert.Equal(["It works again.", "We look at it."], past.Notes.Select(note => note.Text));
        Assert.Empty(Summarizing.Of(Known, [over], Noon.AddDays(91)).Past);
    }

    [Fact]
    public void What_customers_were_not_told_or_do_not_know_or_was_an_exercise_is_not_there()
    {
        var told = Tell(Started(), "We look at it.", 2);
        foreach (
            var story in (PublicStory[])
                [
                    Started(),
                    told with
                    {
                        Service = "cache",
                    },
                    told with
                    {
                        Drill = true,
                    },
                    Stories.Apply(new IncidentMadePrivate("checkout", "Found out", "ana", Noon), told),
                    Summarizing.With(told, told with { Private = true }),
                ]
        )
        {
            var page = Summarizing.Of(Known, [story], Now);
            Assert.Empty(page.Open);
            Assert.All(page.Components, one => Assert.Equal(StatusImpact.None, one.Impact));
        }

        Assert.Equal(
            [("Accounts", StatusImpact.None), ("Payments", StatusImpact.Partial)],
            Summarizing.Of(Known, [told], Now).Components.Select(one => (one.Title, one.Impact))
        );
    }

    [Fact]
    public void It_is_worse_when_the_severity_is_and_goes_on_when_it_is_reopened()
    {
        var told = Tell(Started(), "We look at it.", 2);
        var worse = Stories.Apply(
            new Steady.Incidents.Response.IncidentSeverityChanged("checkout", Severity.Sev1, "All", "ana", Now),
            told
        );
        Assert.Equal(StatusImpact.Major, Summarizing.Of(Known, [worse], Now).Overall);
        Assert.Equal(StatusImpact.Partial, worse.Notes[0].Impact);
        Assert.NotNull(Stories.Apply(Resolved, worse).EndedAt);
    }

    [Fact]
    public void What_became_part_of_another_incident_goes_on_and_ends_with_that_one()
    {
        var told = Tell(Started(), "We look at it.", 2);
        var merged = Stories.Apply(
            new Steady.Incidents.Response.IncidentMerged("checkout", Guid.AllBitsSet, 8, "The same", "ana", Now),
            told
        );
        Assert.Equal(Guid.AllBitsSet, merged.Into);
        var goesOn = Summarizing.Of(Known, [Summarizing.With(merged, Started())], Now);
        Assert.Equal(StatusImpact.Partial, goesOn.Overall);
        Assert.Single(goesOn.Open);
        var over = Summarizing.Of(Known, [Summarizing.With(merged, Stories.Apply(Resolved, Started()))], Now);
        Assert.Equal((StatusImpact.None, 0, 1), (over.Overall, over.Open.Count, over.Past.Count));
    }

    [Fact]
    public void What_people_wrote_is_text_on_the_page_and_in_the_feed()
    {
        var nasty = Tell(Started(), "<script>alert(1)</script> [x](javascript:alert(1)) & \u0007 \"", 2);
        var page = Summarizing.Of([("checkout", "<b>Pay</b>")], [nasty], Now);
        var html = StatusText.Html(page);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>Pay", html, StringComparison.Ordinal);
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var entry = Assert.Single(XDocument.Parse(StatusText.Atom(page)).Root!.Elements(atom + "entry"));
        Assert.Equal("<b>Pay</b>: investigating", entry.Element(atom + "title")!.Value);
        Assert.Contains("&lt;script&gt;", entry.Element(atom + "content")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_old_says_so()
    {
        var page = Summarizing.Of(Known, [], Now);
        Assert.DoesNotContain("cannot be asked", StatusText.Html(page), StringComparison.Ordinal);
        Assert.Contains("cannot be asked", StatusText.Html(page with { IsLastKnown = true }), StringComparison.Ordinal);
        Assert.Contains("Everything works", StatusText.Html(page), StringComparison.Ordinal);
    }

    private static PublicStory Started() =>
        Stories.Apply(Update("Cache is cold.", UpdateAudience.Internal, 1), StoriesProjection.Create(Declared));

    private static PublicStory Tell(PublicStory story, string text, int minute) =>
        Stories.Apply(Update(text, UpdateAudience.Customers, minute), story);

    private static UpdatePosted Update(string text, UpdateAudience audience, int minute) =>
        new("checkout", Alert, 1, text, audience, null, "ana", Noon.AddMinutes(minute));
}
