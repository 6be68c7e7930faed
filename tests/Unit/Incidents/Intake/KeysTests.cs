using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>Keys with which others send: two of a kind live, so that one can take over from the other.</summary>
public sealed class KeysTests
{
    private static readonly IntegrationKeyCreated First = Key(1);

    [Fact]
    public void The_first_key_makes_the_integration() => When(Keys.Create(null, First)).Then(First);

    [Fact]
    public void Two_of_a_kind_live_and_a_third_waits_until_one_is_revoked()
    {
        Given<Integration>(First).When(i => Keys.Create(i, Key(2))).Then(Key(2));
        Given<Integration>(First, Key(2)).When(i => Keys.Create(i, Key(3))).ThenRefused("key-limit");
        Given<Integration>(First, Key(2))
            .When(i => Keys.Create(i, Key(3) with { Kind = IntegrationKind.Cloudevents }))
            .Then(Key(3) with { Kind = IntegrationKind.Cloudevents });
        Given<Integration>(First, Key(2), Revoked(1)).When(i => Keys.Create(i, Key(3))).Then(Key(3));
    }

    [Fact]
    public void The_same_request_makes_no_second_key_and_cannot_be_told_the_first_again()
    {
        Given<Integration>(First).When(i => Keys.Create(i, First)).ThenRefused("key-told-once");
        Given<Integration>(First, Revoked(1)).When(i => Keys.Create(i, First)).ThenRefused("key-told-once");
    }

    [Fact]
    public void A_key_is_revoked_once()
    {
        Given<Integration>(First).When(i => Keys.Revoke(i, "prod", First.KeyId, Ana, Now)).Then(Revoked(1));
        Given<Integration>(First, Revoked(1)).When(i => Keys.Revoke(i, "prod", First.KeyId, Ana, Now)).ThenNothing();
        Given<Integration>(First).When(i => Keys.Revoke(i, "prod", Key(2).KeyId, Ana, Now)).ThenRefused("key-unknown");
    }

    [Theory]
    [InlineData("prod", IntegrationKind.Pagerduty, null, null)]
    [InlineData("prod", IntegrationKind.Slack, "8f742231b10e8888abcd99yyyzzz85a5", null)]
    [InlineData("prod", IntegrationKind.Slack, null, "secret")]
    [InlineData("prod", IntegrationKind.Cloudevents, "8f742231b10e8888abcd99yyyzzz85a5", "secret")]
    [InlineData("a b", IntegrationKind.Pagerduty, null, "name")]
    [InlineData("", IntegrationKind.Pagerduty, null, "name")]
    public void A_wish_that_cannot_be_is_named(string name, IntegrationKind kind, string? secret, string? field) =>
        Assert.Equal(field, Keys.Check(name, new CreateIntegrationKey(kind, secret))?.Field);

    [Fact]
    public void A_key_has_32_letters_and_digits_and_is_kept_as_a_hash()
    {
        var (one, other) = (LiveKeysSchema.Make(), LiveKeysSchema.Make());
        Assert.Equal(32, one.Length);
        Assert.All(one, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        Assert.NotEqual(one, other);
        Assert.Equal(64, LiveKeysSchema.IdOf(one).Length);
        Assert.DoesNotContain(one, LiveKeysSchema.IdOf(one), StringComparison.OrdinalIgnoreCase);
    }

    private static IntegrationKeyCreated Key(int number) =>
        new(
            "prod",
            Guid.Parse($"01990000-0000-7000-8000-00000000000{number}"),
            IntegrationKind.Pagerduty,
            $"abc{number}",
            "ana",
            Now
        );

    private static IntegrationKeyRevoked Revoked(int number) => new("prod", Key(number).KeyId, "ana", Now);
}
