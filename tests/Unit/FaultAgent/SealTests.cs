using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.FaultAgent;

/// <summary>A fault is taken from the controller whose key is known, for this agent, as it was signed, and from nobody else.</summary>
public sealed class SealTests
{
    private static readonly Guid Run = new("01a20dc2-0000-7000-8000-00000000000a");
    private static readonly Guid Id = new("01a20dc2-0000-7000-8000-000000000001");
    private static readonly PlaceLease Asked = new(
        "checkout-ledger",
        Run,
        3,
        new FaultSpec("latency", Attributes: new Dictionary<string, long> { ["latency"] = 200, ["jitter"] = 20 }),
        10,
        300
    );

    public static TheoryData<string, PlaceLease> Changed =>
        new()
        {
            { "run", Asked with { RunId = Id } },
            { "epoch", Asked with { Epoch = 4 } },
            { "injector", Asked with { Injector = "process" } },
            { "target", Asked with { Proxy = "web-checkout" } },
            { "fault type", Asked with { Toxic = Asked.Toxic with { Type = "timeout" } } },
            { "stream", Asked with { Toxic = Asked.Toxic with { Stream = FaultSpec.Upstream } } },
            { "toxicity", Asked with { Toxic = Asked.Toxic with { Toxicity = 0.5 } } },
            {
                "number",
                Asked with
                {
                    Toxic = Asked.Toxic with { Attributes = Numbers(("latency", 201), ("jitter", 20)) },
                }
            },
            { "fewer numbers", Asked with { Toxic = Asked.Toxic with { Attributes = Numbers(("latency", 200)) } } },
            { "ttl", Asked with { TtlSeconds = 11 } },
            { "hard stop", Asked with { HardStopSeconds = 301 } },
        };

    [Fact]
    public void What_is_signed_is_this_text()
    {
        Assert.Equal(
            """
            steady-lease 1
            agent fault-agent
            lease 01a20dc2-0000-7000-8000-000000000001
            run 01a20dc2-0000-7000-8000-00000000000a
            epoch 3
            injector tcp
            target checkout-ledger
            fault latency downstream 1 jitter=20 latency=200
            ttl 10
            hardStop 300
            """.ReplaceLineEndings("\n"),
            LeaseSignature.TextOf(TestLeases.Agent, Id, Asked)
        );
    }

    [Fact]
    public void A_name_cannot_write_lines_of_its_own() =>
        Assert.Equal(
            10,
            LeaseSignature
                .TextOf("a\nlease 1", Id, Asked with { Proxy = "b\nttl 60", Injector = "c\r" })
                .Split('\n')
                .Length
        );

    [Fact]
    public void What_was_signed_for_this_agent_is_taken() =>
        Assert.Null(Closed().Refuses(Id, TestLeases.Sign(Id, Asked)));

    [Fact]
    public void What_was_not_signed_is_refused() => Assert.Equal("lease-unsigned", Closed().Refuses(Id, Asked)?.Code);

    [Theory]
    [MemberData(nameof(Changed))]
    public void What_was_changed_after_it_was_signed_is_refused(string what, PlaceLease changed)
    {
        Assert.NotEmpty(what);
        var signature = TestLeases.Sign(Id, Asked).Signature;
        Assert.Equal("lease-signature", Closed().Refuses(Id, changed with { Signature = signature })?.Code);
    }

    [Fact]
    public void A_signature_fits_no_other_lease() =>
        Assert.Equal("lease-signature", Closed().Refuses(Run, TestLeases.Sign(Id, Asked))?.Code);

    [Fact]
    public void A_signature_for_another_agent_is_refused() =>
        Assert.Equal("lease-signature", Closed().Refuses(Id, TestLeases.Sign(Id, Asked, "agent-of-bo"))?.Code);

    [Fact]
    public void Another_key_signs_nothing_here()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = LeaseSignature.Sign(foreign, TestLeases.Agent, Id, Asked);
        Assert.Equal("lease-signature", Closed().Refuses(Id, signed)?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no signature")]
    [InlineData("AAAA")]
    [InlineData("-_-_")]
    public void What_is_no_signature_is_refused(string signature) =>
        Assert.Equal("lease-signature", Closed().Refuses(Id, Asked with { Signature = signature })?.Code);

    [Fact]
    public void An_agent_without_a_key_must_be_told_that_it_is_open() =>
        Assert.Contains(
            "Leases:PublicKey is missing",
            Assert.Throws<InvalidOperationException>(() => Agent([])).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("http://127.0.0.1:8474", true)]
    [InlineData("http://localhost:8474", true)]
    [InlineData("http://[::1]:8474", true)]
    [InlineData("http://0.0.0.0:8474", false)]
    [InlineData("http://[::]:8474", false)]
    [InlineData("http://*:8474", false)]
    [InlineData("http://10.0.0.7:8474", false)]
    public void Open_mode_is_for_loopback(string address, bool opens)
    {
        using var seal = Agent(new() { ["Leases:Open"] = "true" });
        Assert.False(seal.IsOpen);
        Assert.Equal(opens, seal.Open(["http://127.0.0.1:1", address]) is null);
        Assert.Equal(opens, seal.IsOpen);
        Assert.Equal(opens ? null : "lease-unsigned", seal.Refuses(Id, Asked)?.Code);
    }

    [Fact]
    public void Also_in_open_mode_a_wrong_signature_is_refused()
    {
        using var seal = Agent(new() { ["Leases:Open"] = "true", ["Leases:PublicKey"] = TestLeases.PublicKey });
        Assert.Null(seal.Open(["http://127.0.0.1:1"]));
        Assert.Equal("lease-signature", seal.Refuses(Run, TestLeases.Sign(Id, Asked))?.Code);
    }

    [Fact]
    public void A_renewal_lives_no_longer_than_was_signed()
    {
        var lease = Lease.Place(Id, TestLeases.Sign(Id, Asked), TimeSpan.Zero);
        Assert.Null(lease.Renew(new RenewLease(3, 10), 3, TimeSpan.Zero).Refusal);
        Assert.Equal("lease-invalid", lease.Renew(new RenewLease(3, 11), 3, TimeSpan.Zero).Refusal?.Code);
    }

    [Fact]
    public void The_same_lease_signed_twice_is_the_same_request() =>
        Assert.True(Lease.Place(Id, TestLeases.Sign(Id, Asked), TimeSpan.Zero).IsAskedBy(TestLeases.Sign(Id, Asked)));

    private static Seal Closed() => Agent(new() { ["Leases:PublicKey"] = TestLeases.PublicKey });

    private static Seal Agent(Dictionary<string, string?> settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static Dictionary<string, long> Numbers(params (string Name, long Value)[] numbers) =>
        numbers.ToDictionary(number => number.Name, number => number.Value);
}
