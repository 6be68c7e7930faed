using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Wire;

/// <summary>What controllers and fault agents say to each other. They are restarted one by one, so old and new must understand each other.</summary>
public sealed class LeaseShapeTests
{
    private static readonly Guid Lease = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Run = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly FaultSpec Slow = new(
        "latency",
        FaultSpec.Upstream,
        0.5,
        new Dictionary<string, long> { ["latency"] = 200, ["jitter"] = 20 }
    );
    private static readonly FaultEffect Felt = new(1, 2, 3, 4, 5, 6);

    private static readonly object[] Samples =
    [
        new PlaceLease("checkout-ledger", Run, 3, Slow, 10, 300, Signature: "SIGNATURE"),
        new RenewLease(3, 10),
        new LeaseView(Lease, Run, 3, "checkout-ledger", Slow, LeaseState.Live, 9_500, 299_500, Felt),
        new LeaseReverted(Lease, true, LeaseState.Reverted, Felt),
        new LeasesReverted([Lease]),
    ];

    [Fact]
    public void Leases_look_as_controllers_and_agents_know_them() =>
        Golden.Matches(
            Samples.ToDictionary(sample => sample.GetType().Name),
            "tests",
            "Unit",
            "Wire",
            "leases.golden.json"
        );

    [Fact]
    public void Every_lease_message_reads_back_as_it_was_written() =>
        Assert.All(
            Samples,
            sample =>
            {
                var json = JsonSerializer.Serialize(sample, sample.GetType(), Json.Options);
                var back = JsonSerializer.Deserialize(json, sample.GetType(), Json.Options);
                Assert.Equal(json, JsonSerializer.Serialize(back, sample.GetType(), Json.Options));
            }
        );

    [Fact]
    public void What_a_caller_leaves_out_has_its_usual_value()
    {
        var asked = JsonSerializer.Deserialize<PlaceLease>(
            """{"proxy":"checkout-ledger","runId":"01990000-0000-7000-8000-000000000002","epoch":1,"toxic":{"type":"reset_peer"}}""",
            Json.Options
        )!;
        Assert.Equal(("tcp", null), (asked.Injector, asked.Signature));
        Assert.Equal((10, 900), (asked.TtlSeconds, asked.HardStopSeconds));
        Assert.Equal(("downstream", 1.0, null), (asked.Toxic.Stream, asked.Toxic.Toxicity, asked.Toxic.Attributes));
    }
}
