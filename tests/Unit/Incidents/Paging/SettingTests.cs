using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Xunit;
using static Steady.Tests.Unit.Incidents.Paging.Pagers;

namespace Steady.Tests.Unit.Incidents.Paging;

/// <summary>What may be a policy or a contact.</summary>
public sealed class SettingTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly HashSet<string> Schedules = ["nights"];
    private static readonly HashSet<string> Contacts = ["ana"];

    [Fact]
    public void A_policy_names_what_there_is_and_nobody_elses_services()
    {
        var wanted = new SetEscalationPolicy(
            ["checkout", " "],
            [
                new([new("nights"), new(Contact: "ana")], 5),
                new(
                    [new("days"), new(Contact: "bo"), new("nights", "ana"), new()],
                    5,
                    new StepCondition(
                        Hours: [new([DayOfWeek.Monday], "9", "17:00")],
                        TimeZone: "Mars/Base",
                        BurnAtLeast: 0
                    )
                ),
            ],
            0,
            null,
            "So"
        );
        Assert.Equal(
            [
                "services[0]",
                "services[1]",
                "steps[1].notify[0]",
                "steps[1].notify[1]",
                "steps[1].notify[2]",
                "steps[1].notify[3]",
                "steps[1].when.timeZone",
                "steps[1].when.hours[0].from",
                "steps[1].when.burnAtLeast",
            ],
            Policing.Check("mine", wanted, [Policy([])], Schedules, Contacts).Select(one => one.Field)
        );
        // Set again, it has its own services already.
        Assert.DoesNotContain(
            Policing.Check("pay", wanted, [Policy([])], Schedules, Contacts),
            one => one.Field == "services[0]"
        );
    }

    [Fact]
    public void A_service_has_the_policy_that_names_it_else_the_one_for_everything()
    {
        var (pay, rest) = (Policy([]), Policy([]) with { Name = "rest" });
        rest = rest with { Current = rest.Current with { Services = ["*"] } };
        Assert.Same(pay, EscalationPolicy.For("checkout", [rest, pay]));
        Assert.Same(rest, EscalationPolicy.For("search", [rest, pay]));
        Assert.Null(EscalationPolicy.For("search", [pay]));
    }

    [Theory]
    [InlineData(ChannelKind.Email, "ana@example.org", null, null)]
    [InlineData(ChannelKind.Email, "Ana <ana@example.org>", null, "address")]
    [InlineData(ChannelKind.Email, "ana@example.org\r\nBcc: all@example.org", null, "address")]
    [InlineData(ChannelKind.Email, null, null, "address")]
    [InlineData(ChannelKind.Webhook, "https://pager.example.org/x", Secret, null)]
    [InlineData(ChannelKind.Webhook, "https://pager.example.org/x", null, "secret")]
    [InlineData(ChannelKind.Webhook, "https://ana:pw@pager.example.org/x", Secret, "address")]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.example/x", null, null)]
    [InlineData(ChannelKind.Slack, "https://hooks.slack.example/x", Secret, "secret")]
    [InlineData(ChannelKind.Teams, "https://10.0.0.1/x", null, "address")]
    [InlineData(ChannelKind.Mattermost, "hooks", null, "address")]
    [InlineData(ChannelKind.Console, null, null, null)]
    [InlineData(ChannelKind.Console, "here", null, "address")]
    public void A_channel_has_what_its_kind_needs(ChannelKind kind, string? address, string? secret, string? wrong)
    {
        var found = Check([new SetChannel("one", kind, address, secret)]);
        Assert.Equal(wrong is null ? [] : [$"channels[0].{wrong}"], found.Select(one => one.Field));
    }

    [Fact]
    public void An_address_that_is_left_out_is_the_one_it_had_and_names_are_used_once()
    {
        var known = new Dictionary<string, ChannelSecret>
        {
            ["phone"] = new("ana/phone", "https://pager.example.org/x", Secret),
        };
        Assert.Empty(Check([new SetChannel("phone", ChannelKind.Webhook)], known));
        Assert.Equal(
            ["channels[1].name"],
            Check([new("a", ChannelKind.Console), new("a", ChannelKind.Console)]).Select(one => one.Field)
        );
        Assert.Equal(
            "channels[0].kind",
            Assert
                .Single(
                    Contacting.Check(
                        new SetContact([new("m", ChannelKind.Email, "a@b.org")], "So"),
                        known,
                        false,
                        _ => null
                    )
                )
                .Field
        );
    }

    [Fact]
    public void A_hint_tells_an_address_apart_and_no_more()
    {
        Assert.Equal("…@example.org", Contacting.Hint(ChannelKind.Email, "ana@example.org"));
        Assert.Equal(
            "hooks.slack.example",
            Contacting.Hint(ChannelKind.Slack, "https://hooks.slack.example/T0/B0/secret")
        );
        Assert.Null(Contacting.Hint(ChannelKind.Console, null));
    }

    private static List<(string Field, string Message)> Check(
        IReadOnlyList<SetChannel> channels,
        IReadOnlyDictionary<string, ChannelSecret>? known = null
    ) =>
        [
            .. Contacting.Check(
                new SetContact(channels, "So"),
                known ?? new Dictionary<string, ChannelSecret>(),
                hasMail: true,
                new Reachable([]).Refuses
            ),
        ];
}
