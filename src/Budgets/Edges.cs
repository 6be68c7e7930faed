using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets;

/// <summary>What the service's endpoints share.</summary>
internal static class Edges
{
    /// <summary>Now, in whole milliseconds: what the store and a reader of JSON can hold without rounding.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    /// <summary>400 with everything that is wrong.</summary>
    public static IResult Invalid(string code, string detail, IReadOnlyList<Finding> findings) =>
        Answers.Problem(400, code, detail, new Dictionary<string, object?> { ["findings"] = findings });

    /// <summary>The id an address names, directly or by the objective's name.</summary>
    public static Guid ObjectiveId(string idOrName) =>
        Guid.TryParse(idOrName, out var id) ? id : Objectives.Objective.IdOf(idOrName);
}

/// <summary>Which page of a list is asked for: <c>?limit=</c> 1 to 500, <c>?after=</c> the cursor of the page before.</summary>
public sealed record Paging(
    [property: FromQuery, Range(1, 500)] int Limit = 100,
    [property: FromQuery, RegularExpression("^([0-9a-f]{2})*$")] string? After = null
)
{
    /// <summary>What the cursor stands for: the sort key of the last item before the page.</summary>
    public string Key => After is null ? "" : Encoding.UTF8.GetString(Convert.FromHexString(After));

    /// <summary>Cuts a list that was read with one item too many.</summary>
    public Contracts.Page<TView> Cut<T, TView>(IReadOnlyList<T> items, Func<T, string> key, Func<T, TView> view) =>
        new(
            [.. items.Take(Limit).Select(view)],
            items.Count > Limit ? Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key(items[Limit - 1]))) : null
        );
}
