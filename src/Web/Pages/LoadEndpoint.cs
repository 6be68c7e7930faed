using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>What incidents and being on call cost people, and of which time that is asked.</summary>
/// <param name="Report">Of what was asked for; of this quarter where that cannot be.</param>
/// <param name="Zone">Whose clock the days are of, and the hours of who has none of their own.</param>
/// <param name="Asked">The form above it.</param>
/// <param name="Refusal">Why what was asked for cannot be told.</param>
public sealed record LoadModel(LoadReport Report, LocalZone Zone, Filled Asked, string? Refusal);

public static class LoadEndpoint
{
    private static readonly string[] Fields = ["from", "to", "zone"];

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/oncall/load", Page);

    private static async Task<IResult> Page(Apis apis, HttpRequest request, CancellationToken stop)
    {
        var asked = new Filled("load", Fields.ToDictionary(field => field, field => $"{request.Query[field]}"));
        var contact = await Answer.Of(apis.Paging.Contact(apis.Me, stop));
        var zone = LocalZone.Of(asked.Given("zone"), contact.Value?.TimeZone);
        var (report, refusal) = await Read(apis.OnCall, asked, zone, stop);
        return Html.Of<LoadPage>(new LoadModel(report, zone, asked, refusal));
    }

    private static async Task<(LoadReport Report, string? Refusal)> Read(
        OnCallClient oncall,
        Filled asked,
        LocalZone zone,
        CancellationToken stop
    )
    {
        if (asked.Given("zone") is { } wanted && zone.Name != wanted)
            return (
                await Quarter(oncall, zone, stop),
                $"{wanted} is no zone. Give an IANA name such as Europe/Berlin."
            );
        if (Fields[..2].FirstOrDefault(field => asked.Given(field) is not null && asked.Day(field) is null) is { } odd)
            return (await Quarter(oncall, zone, stop), $"{Kinds.Name(odd)} is no day. Give one such as 2026-11-01.");
        if (asked.Day("from") is null && asked.Day("to") is null)
            return (await Quarter(oncall, zone, stop), null);
        try
        {
            var (from, to) = (Midnight(zone, asked.Day("from")), Midnight(zone, asked.Day("to")?.AddDays(1)));
            return (await oncall.Load(from, to, zone.Name, stop), null);
        }
        catch (ProblemException problem) when (problem.Status == 400)
        {
            return (await Quarter(oncall, zone, stop), Refusals.Sentence(problem));
        }
    }

    private static Task<LoadReport> Quarter(OnCallClient oncall, LocalZone zone, CancellationToken stop) =>
        oncall.Load(timeZone: zone.Name, stop: stop);

    private static DateTimeOffset? Midnight(LocalZone zone, DateOnly? day) =>
        day is { } known ? zone.At(known.ToDateTime(TimeOnly.MinValue)) : null;
}
