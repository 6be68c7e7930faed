using System.Text.Json;
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;

namespace Steady.Tests.Unit.Budgets;

using Answer = Dictionary<string, object?>;

internal static class VectorCompositeRules
{
    private static readonly Rational MinutesOf30Days = 43_200;

    public static Answer Serial(JsonElement i)
    {
        var parts = i.Numbers("availabilities");
        return new(Whole(CompositeMaths.Serial(parts))) { ["hidden_share"] = CompositeMaths.LastShare(parts) };
    }

    public static Answer Parallel(JsonElement i) => Whole(CompositeMaths.Parallel(i.Numbers("availabilities")));

    public static Answer Missing(JsonElement i) =>
        new()
        {
            ["sli"] = CompositeMaths.Missing(
                i.GetProperty("objectives").EnumerateArray().Select(one => (one[0].Exact(), one[1].Exact()))
            ),
        };

    public static Answer Slices(JsonElement i)
    {
        var (good, bad) = CompositeMaths.Slices(
            i.GetProperty("slices")
                .EnumerateArray()
                .Select(slice => slice.EnumerateArray().Select(part => part.Exact() == 1).ToList())
        );
        return new() { ["good"] = (Rational)good, ["bad"] = (Rational)bad };
    }

    public static Answer Burn(JsonElement i) =>
        new() { ["composite_burn"] = CompositeMaths.Burn(i.Numbers("burn_rates").Zip(i.Numbers("weights"))) };

    public static Answer ExtraNine(JsonElement i) =>
        new() { ["dependency_objective"] = CompositeMaths.ExtraNine(i.Exact("objective")) };

    public static Answer Ceiling(JsonElement i)
    {
        var parts = i.Numbers("serial_dependencies");
        return new()
        {
            ["ceiling"] = CompositeMaths.Serial(parts),
            ["feasible"] = CompositeMaths.IsFeasible(i.Exact("wanted"), parts),
        };
    }

    private static Answer Whole(Rational availability) =>
        new() { ["availability"] = availability, ["downtime_30d_min"] = (1 - availability) * MinutesOf30Days };
}
