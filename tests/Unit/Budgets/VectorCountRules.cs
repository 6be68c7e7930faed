using System.Text.Json;
using Steady.Budgets.Burn;

namespace Steady.Tests.Unit.Budgets;

using Answer = Dictionary<string, object?>;

internal static class VectorCountRules
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    public static Dictionary<string, Func<JsonElement, Answer>> All { get; } =
        new()
        {
            ["late_data"] = i =>
            {
                var early = i.GetProperty("buckets").EnumerateArray().Select(Bucket).ToList();
                var late = Bucket(i.GetProperty("late"));
                var all = Additive.Sum([.. early, late]);
                // As of before the correction the old answer still comes out, so there are two versions of it.
                var before = Additive.AsOf(all, [(Epoch.AddDays(1), late.Tally)], Epoch);
                var versions = new HashSet<Tally> { before, all };
                Assert(before == Additive.Sum(early));
                return new(Totals(all)) { ["versions"] = (Rational)versions.Count };
            },
            ["duplicate_batch"] = i =>
            {
                var batch = i.GetProperty("batch");
                var (bad, total) = (i.GetProperty("bad").GetInt64(), i.GetProperty("total").GetInt64());
                var delivery = ((batch[0].GetString()!, batch[1].GetInt64()), new Tally(total - bad, bad));
                return Totals(Additive.Once(Enumerable.Repeat(delivery, i.GetProperty("deliveries").GetInt32())));
            },
            ["counter_reset"] = i =>
                new()
                {
                    ["increase"] = (Rational)
                        Additive.Increase([.. i.GetProperty("samples").EnumerateArray().Select(one => one.GetInt64())]),
                },
            ["attribution"] = Attribution,
        };

    private static Answer Attribution(JsonElement i)
    {
        var causes = i.GetProperty("causes").EnumerateArray().ToList();
        var (background, parts, rest) = Additive.Parts(
            i.GetProperty("bad").GetInt64(),
            i.Exact("background_rate"),
            i.GetProperty("requests").GetInt64(),
            [.. causes.Select(cause => cause.GetProperty("bad").GetInt64())]
        );
        var answer = new Answer { ["background"] = (Rational)background, ["unattributed"] = (Rational)rest };
        foreach (var (cause, part) in causes.Zip(parts))
            answer[cause.GetProperty("id").GetString()!] = (Rational)part;
        return answer;
    }

    // Slot, all, bad.
    private static (DateTimeOffset, Tally Tally) Bucket(JsonElement row) =>
        (Epoch.AddMinutes(row[0].GetInt64()), new Tally(row[1].GetInt64() - row[2].GetInt64(), row[2].GetInt64()));

    private static Answer Totals(Tally all) =>
        new() { ["total"] = (Rational)(all.Good + all.Bad), ["bad"] = (Rational)all.Bad };

    private static void Assert(bool holds) => Xunit.Assert.True(holds);
}
