using System.Globalization;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Web.Pages;

/// <summary>Whom a policy would page: what was asked, and what it would do; one of the two others is null.</summary>
public sealed record Whom(Filled Asked, EscalationPreview? Preview, string? Refusal)
{
    /// <summary>Whether anything was asked yet.</summary>
    public bool IsAsked => Preview is not null || Refusal is not null;
}

/// <summary>Asks an escalation policy what it would do with an incident that nobody takes.</summary>
public static class WhomReader
{
    private static readonly string[] Fields = ["severity", "burn", "at"];

    /// <summary>Null for what is no policy that is set.</summary>
    public static async Task<Whom?> Read(
        Apis apis,
        SettingKind kind,
        string? name,
        IQueryCollection query,
        CancellationToken stop
    )
    {
        if (kind.Document != typeof(SetEscalationPolicy) || name is null or SettingModel.New)
            return null;
        var asked = new Filled("whom", Fields.ToDictionary(field => field, field => $"{query[field]}"));
        if (asked.One<Severity>("severity") is not { } severity)
            return new Whom(asked, null, null);
        if (asked.Given("at") is not null && asked.Moment("at") is null)
            return new Whom(asked, null, "This is no moment. Leave it empty for now.");
        if (Burn(asked) is not { } burn)
            return new Whom(
                asked,
                null,
                "How fast it burns is a number, such as 14.4. Leave it empty for no burn alert."
            );
        try
        {
            return new Whom(asked, await apis.Paging.Preview(name, severity, burn, asked.Moment("at"), stop), null);
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401 or 404))
        {
            return new Whom(asked, null, Refusals.Sentence(problem));
        }
    }

    private static decimal? Burn(Filled asked) =>
        asked.Given("burn") is not { } given ? 0
        : decimal.TryParse(given, NumberStyles.Number, CultureInfo.InvariantCulture, out var burn) ? burn
        : null;
}
