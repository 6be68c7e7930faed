using System.Text.Json;
using CsCheck;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Exchange;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using Contract = Steady.Contracts.Incidents;

namespace Steady.Tests.Unit.Incidents;

/// <summary>Who may know of an incident, and what the others are told instead.</summary>
public sealed class PrivacyTests
{
    private static readonly Guid One = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly IncidentMadePrivate Hidden = new("checkout", "A colleague is concerned", "ana", Noon);
    private static readonly IncidentMadePublic Shown = new("checkout", "It is in the papers", "ana", Noon);

    [Fact]
    public void An_incident_is_made_private_and_public_again_each_once()
    {
        var hide = new SetPrivacy(true, Hidden.Reason);
        var show = new SetPrivacy(false, Shown.Reason);
        Given<Incident>(Declared).When(i => Confiding.Set(i, hide, Ana, Noon)).Then(Hidden);
        Given<Incident>(Declared, Hidden).When(i => Confiding.Set(i, hide, Ana, Noon)).ThenNothing();
        Given<Incident>(Declared, Hidden).When(i => Confiding.Set(i, show, Ana, Noon)).Then(Shown);
        Given<Incident>(Declared with { Private = true }).When(i => Confiding.Set(i, show, Ana, Noon)).Then(Shown);
        Given<Incident>(Declared, Resolved).When(i => Confiding.Set(i, hide, Ana, Noon)).Then(Hidden);
    }

    [Fact]
    public void People_are_added_and_removed_but_not_whoever_has_a_role()
    {
        var change = new ChangePeople("They know the ledger", ["bo"], ["cleo"]);
        Given<Incident>(Declared, Hidden)
            .When(i => Confiding.Change(i, change, Ana, Noon))
            .Then(
                new PersonAdded("checkout", "bo", change.Reason, "ana", Noon),
                new PersonRemoved("checkout", "cleo", change.Reason, "ana", Noon)
            );
        Given<Incident>(Declared, Hidden, Acknowledged)
            .When(i => Confiding.Change(i, new ChangePeople("Away", Remove: ["ana"]), Bo, Noon))
            .ThenRefused("person-needed");
        Given<Incident>(
                Declared,
                Acknowledged,
                new HandoverOffered("checkout", One, IncidentRole.Commander, "ana", "bo", null, Now, "ana", Noon)
            )
            .When(i => Confiding.Change(i, new ChangePeople("Away", Remove: ["bo"]), Ana, Noon))
            .ThenRefused("person-needed");
    }

    [Fact]
    public void A_change_of_nobody_of_one_without_a_name_or_of_somebody_both_ways_names_the_field()
    {
        Assert.Equal("add", Confiding.Check(new ChangePeople("x")).Single().Field);
        Assert.Equal("add", Confiding.Check(new ChangePeople("x", [" "])).Single().Field);
        Assert.Equal("remove", Confiding.Check(new ChangePeople("x", ["bo"], ["bo"])).Single().Field);
        Assert.Empty(Confiding.Check(new ChangePeople("x", ["bo"], ["cleo"])));
    }

    [Fact]
    public void Customers_are_not_told_of_it_no_alert_joins_it_and_only_its_like_is_merged_into_it()
    {
        var customers = new PostUpdate("We know.", UpdateAudience.Customers);
        Given<Incident>(Declared, Hidden)
            .When(i => Posting.Decide(i, One, customers, Promises.None, Ana, Now))
            .ThenRefused("incident-private");
        var cause = new Cause(Two, "Slow Sev2", "checkout", Severity.Sev2, "Slow", Noon, Noon, Ana);
        Given<Incident>(Declared, Hidden)
            .When(i => DeclaringFromAlert.Decide(cause, i, 8, Now))
            .ThenRefused("incident-private");
        var other = Fold<Incident>(Declared with { Number = 8 })! with { Id = Two };
        Given<Incident>(Declared, Hidden)
            .When(i => Merging.Decide(i with { Id = One }, other, new MergeIncident("INC-8", "x"), Ana, Now))
            .ThenRefused("merge-refused");
        Given<Incident>(Declared, Hidden)
            .When(i => Merging.Decide(i with { Id = One }, other with { Private = true }, new("INC-8", "x"), Ana, Now))
            .Then(new Steady.Incidents.Response.IncidentMerged("checkout", Two, 8, "x", "ana", Now));
    }

    [Fact]
    public void Whoever_declares_takes_is_paged_asked_or_added_has_a_part_and_a_rule_has_none()
    {
        object[] story =
        [
            Declared,
            Acknowledged with
            {
                By = "bo",
            },
            new RoleAssigned("checkout", IncidentRole.Scribe, "cleo", "ana", Noon),
            new HandoverOffered("checkout", Two, IncidentRole.Commander, "bo", "dan", null, Now, "bo", Noon),
            new PersonAdded("checkout", "eve", "x", "ana", Noon),
            Hidden with
            {
                By = "fay",
            },
            new PageRequested(One, 7, "checkout", "gus", "mail", ChannelKind.Email, "x", Noon, Noon),
            new NoteAdded("checkout", "x", Noon, "nobody", Noon),
            Declared with
            {
                By = "rule:alert",
            },
        ];
        var parts = story.Select(data => IncidentPeopleProjection.Of(One, data)).OfType<IncidentPerson>().ToList();
        Assert.Equal(["ana", "bo", "cleo", "dan", "eve", "fay", "gus"], parts.Select(part => part.Person));
        Assert.All(parts, part => Assert.Equal(One, part.Incident));
        var test = new PageRequested(null, null, "", "gus", "mail", ChannelKind.Email, "x", Noon, Noon);
        Assert.Null(IncidentPeopleProjection.Of(One, test));
    }

    /// <summary>Whatever is private and whoever asks: hidden is exactly what nobody of the group gave them a part in.</summary>
    [Fact]
    public void Only_who_has_a_part_sees_what_is_private_and_what_is_part_of_it() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 6], Gen.Bool.Array[6], Gen.Int[0, 11].Array[0, 6], Gen.Bool)
            .Sample(
                (sizes, isPrivate, parts, isAdmin) =>
                {
                    // Each incident and what is part of it, all with ids of their own.
                    var all = sizes
                        .Select(
                            (size, i) => View(i, isPrivate[i], [.. Enumerable.Range(0, size % 3).Select(k => Id(i, k))])
                        )
                        .ToList();
                    var known = all.SelectMany(Seeing.With).ToList();
                    var hasPartIn = parts.Where(i => i < known.Count).Select(i => known[i]).ToHashSet();
                    var hidden = Seeing.Hidden(all, new Viewer("ana", isAdmin), hasPartIn);
                    foreach (var one in all)
                    {
                        var group = Seeing.With(one).ToList();
                        var isHidden = one.Private && !isAdmin && !group.Any(hasPartIn.Contains);
                        if (group.Any(id => hidden.Contains(id) != isHidden))
                            return false;
                    }

                    return true;
                }
            );

    /// <summary>Each text of each message is filled with a mark; what others hear has it nowhere but in services and names of people.</summary>
    [Fact]
    public void Of_a_private_incident_others_hear_no_word_that_anybody_wrote()
    {
        var messages = typeof(Contract.IncidentDeclared)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Contract.IncidentDeclared).Namespace)
            .Where(type => Wire.Samples.Messages.Any(sample => sample.GetType() == type))
            .Where(type => type.GetProperty("IncidentId") is not null)
            .ToList();
        Assert.Equal(11, messages.Count);
        foreach (var type in messages)
        {
            var known = Wire.Samples.Messages.First(one => one.GetType() == type);
            // A copy: the samples are everybody's.
            var sample = JsonSerializer.Deserialize(
                JsonSerializer.Serialize(known, type, Json.Options),
                type,
                Json.Options
            )!;
            var texts = type.GetProperties()
                .Where(one => one.PropertyType == typeof(string) && one.Name is not ("Service" or "By"))
                .ToList();
            foreach (var text in texts)
                text.SetValue(sample, "SECRET");
            var veiled = Veils.Over(sample);
            Assert.All(texts, text => Assert.NotEqual("SECRET", text.GetValue(veiled)));
            if (type.GetProperty("Number") is { } number)
                Assert.Equal(0L, number.GetValue(veiled));
        }
    }

    [Fact]
    public void A_page_says_no_word_of_it()
    {
        var incident = View(0, true, []) with { Title = "SECRET", Service = "SECRET" };
        var page = new PageMessage(One, incident, "ana", "bo asks for you: SECRET", null, Noon).Veiled(
            "bo asks for you"
        );
        Assert.DoesNotContain("SECRET", PageText.Text(page), StringComparison.Ordinal);
        foreach (var kind in Enum.GetValues<ChannelKind>())
            Assert.DoesNotContain("SECRET", PageText.Body(kind, page), StringComparison.Ordinal);
        Assert.StartsWith("SEV-2 INC-0 (private)", PageText.Subject(page), StringComparison.Ordinal);
    }

    private static Guid Id(int incident, int part) => StableId.From("test", $"{incident}", $"{part}");

    private static IncidentView View(int number, bool isPrivate, IReadOnlyList<Guid> parts) =>
        new(
            Id(number, -1),
            1,
            number,
            "checkout",
            Severity.Sev2,
            IncidentStatus.Open,
            "Nobody can pay",
            null,
            "ana",
            null,
            Noon,
            Noon,
            null,
            null,
            null,
            null,
            Absorbed: [.. parts.Select(part => new AbsorbedIncident(part, 0, Noon))],
            Private: isPrivate
        );
}
