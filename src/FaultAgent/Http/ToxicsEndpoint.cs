using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Http;

/// <summary>Toxiproxy's HTTP API for toxics. Toxics held by a lease are listed here, but changed only through it.</summary>
internal static class ToxicsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/proxies/{proxy}/toxics", List);
        routes.MapPost("/proxies/{proxy}/toxics", Create).NeedsOpenMode();
        routes.MapGet("/proxies/{proxy}/toxics/{toxic}", Show);
        routes.MapMethods("/proxies/{proxy}/toxics/{toxic}", ["POST", "PATCH"], Update).NeedsOpenMode();
        routes.MapDelete("/proxies/{proxy}/toxics/{toxic}", Delete);
    }

    private static IResult List(string proxy, Proxies all) =>
        all.Find(proxy) is { } edge ? Results.Json(edge.Toxics.Select(ToxicAnswer.Of)) : ToxiproxyError.ProxyNotFound;

    private static async Task<IResult> Create(string proxy, HttpRequest request, Proxies all, CancellationToken stop)
    {
        if (all.Find(proxy) is not { } edge)
            return ToxiproxyError.ProxyNotFound;
        var (input, error) = await Body.Read<ToxicInput>(request, stop);
        if (input is null)
            return error!;
        var spec = new FaultSpec(
            input.Type ?? "",
            input.Stream ?? FaultSpec.Downstream,
            input.Toxicity ?? 1,
            input.Attributes
        );
        if (!ToxicShape.IsStream(spec.Stream))
            return ToxiproxyError.InvalidStream;
        if (!ToxicShape.IsType(spec.Type))
            return ToxiproxyError.InvalidType;
        var (shape, why) = ToxicShape.Parse(spec.Type, spec.Attributes, ignoreForeign: true);
        if (shape is null)
            return ToxiproxyError.BadBody(why!);
        var name = string.IsNullOrEmpty(input.Name) ? $"{spec.Type}_{spec.Stream}" : input.Name;
        var toxic = all.Make(name, spec, shape);
        return edge.Add(toxic) ? Results.Json(ToxicAnswer.Of(toxic)) : ToxiproxyError.ToxicExists;
    }

    private static IResult Show(string proxy, string toxic, Proxies all) =>
        all.Find(proxy) is not { } edge ? ToxiproxyError.ProxyNotFound
        : edge.Find(toxic) is not { } found ? ToxiproxyError.ToxicNotFound
        : Results.Json(ToxicAnswer.Of(found));

    private static async Task<IResult> Update(
        string proxy,
        string toxic,
        HttpRequest request,
        Proxies all,
        CancellationToken stop
    )
    {
        if (all.Find(proxy) is not { } edge)
            return ToxiproxyError.ProxyNotFound;
        if (edge.Find(toxic) is not { } old)
            return ToxiproxyError.ToxicNotFound;
        if (old.Lease is { } lease)
            return new ToxiproxyError(
                $"toxic is held by lease {lease} and keeps its numbers; revert it and place another",
                409
            );
        var (input, error) = await Body.Read<ToxicInput>(request, stop);
        if (input is null)
            return error!;
        var attributes = new Dictionary<string, long>(old.Shape.Attributes);
        foreach (var (name, value) in input.Attributes ?? attributes)
            attributes[name] = value;
        var spec = new FaultSpec(old.Type, old.Stream, input.Toxicity ?? old.Toxicity, attributes);
        var (shape, why) = ToxicShape.Parse(spec.Type, attributes, ignoreForeign: true);
        if (shape is null)
            return ToxiproxyError.BadBody(why!);
        var changed = all.Make(old.Name, spec, shape);
        return edge.Change(old, changed) ? Results.Json(ToxicAnswer.Of(changed)) : ToxiproxyError.ToxicNotFound;
    }

    private static async Task<IResult> Delete(string proxy, string toxic, Proxies all, LeaseBook leases)
    {
        if (all.Find(proxy) is not { } edge)
            return ToxiproxyError.ProxyNotFound;
        if (edge.Find(toxic) is not { } found)
            return ToxiproxyError.ToxicNotFound;
        if (found.Lease is { } lease)
            await leases.Revert(lease);
        edge.Remove(found);
        return Results.NoContent();
    }
}
