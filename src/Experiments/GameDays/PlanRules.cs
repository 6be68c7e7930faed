using System.Globalization;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Safety.Blackouts;

namespace Steady.Experiments.GameDays;

/// <summary>What a plan must obey beyond the ranges of its single members.</summary>
public static class PlanRules
{
    public static IEnumerable<Finding> Check(GameDayPlan plan) =>
        [
            .. WindowTimes.Check(plan.Window).Select(wrong => new Finding($"window.{wrong.Field}", wrong.Message)),
            .. Agenda(plan.Agenda),
            .. Roles(plan.Roles),
        ];

    /// <summary>What the agenda names and what there is.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="find">The environment of an experiment; null when there is no such experiment.</param>
    public static IEnumerable<Finding> Against(GameDayPlan plan, Func<string, string?> find) =>
        from item in plan.Agenda.Index()
        where item.Item.Experiment is not null
        let environment = find(item.Item.Experiment!)
        where environment != plan.Environment
        select new Finding(
            $"agenda[{item.Index}].experiment",
            environment is null
                ? $"There is no experiment '{item.Item.Experiment}'. Draft it first, or correct the name."
                : $"'{item.Item.Experiment}' is designed for '{environment}' and the game day takes place in '{plan.Environment}'. Name experiments of one environment."
        );

    /// <summary>What of the window lies in a time in which nothing may be broken there.</summary>
    public static IEnumerable<Finding> Outside(GameDayPlan plan, IReadOnlyList<Blackout> blackouts, DateTimeOffset now)
    {
        var (opens, closes) = WindowTimes.Of(plan.Window);
        return from blackout in blackouts
            let touched = BlackoutTimes.Touched(blackout, opens, closes)
            where touched is not null && closes > now
            select new Finding(
                "window",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It reaches into the blackout '{blackout.Name}' of {plan.Environment}, {touched.Value.Begins:yyyy-MM-dd HH:mm}Z to {touched.Value.Ends:yyyy-MM-dd HH:mm}Z: {blackout.Reason} Choose another time."
                )
            );
    }

    private static IEnumerable<Finding> Agenda(IReadOnlyList<AgendaItem> agenda)
    {
        if (agenda.All(item => item.Experiment is null))
            yield return new("agenda", "No item runs an experiment. Name one in at least one item.");
        foreach (var (index, item) in agenda.Index())
        {
            if (item.Experiment is not null && agenda.Take(index).Any(before => before.Experiment == item.Experiment))
                yield return new(
                    $"agenda[{index}].experiment",
                    $"'{item.Experiment}' is on the agenda already. It may be run more than once; name it once."
                );
        }
    }

    private static IEnumerable<Finding> Roles(IReadOnlyList<RoleHolder> roles)
    {
        var commanders = roles.Count(holder => holder.Role == GameDayRole.Commander);
        if (commanders != 1)
            yield return new("roles", $"There are {commanders} commanders. Name exactly one: somebody has to decide.");
        if (roles.All(holder => holder.Role != GameDayRole.Operator))
            yield return new("roles", "There is no operator. Name who has the stop button in hand.");
        foreach (var (index, holder) in roles.Index())
        {
            if (roles.Take(index).Contains(holder))
                yield return new($"roles[{index}]", $"'{holder.Person}' has this role already. Name it once.");
        }
    }
}
