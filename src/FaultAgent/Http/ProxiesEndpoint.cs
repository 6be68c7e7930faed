using System.Net;
using System.Net.Sockets;
using Steady.FaultAgent.Injectors;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Http;

/// <summary>Toxiproxy's HTTP API for proxies: its routes, its shapes, its errors.</summary>
internal static class ProxiesEndpoint
{
    /// <summary>The version of Toxiproxy whose API this is.</summary>
    private const string SpokenVersion = "2.12.0";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/version", () => Results.Json(new { version = SpokenVersion }));
        routes.MapGet(
            "/proxies",
            (Proxies all) => Results.Json(all.All.ToDictionary(edge => edge.Name, ProxyAnswer.Of))
        );
        routes.MapPost("/proxies", Create).NeedsOpenMode();
        routes.MapGet("/proxies/{proxy}", Show);
        routes.MapMethods("/proxies/{proxy}", ["POST", "PATCH"], Update).NeedsOpenMode();
        routes.MapDelete("/proxies/{proxy}", Delete).NeedsOpenMode();
        routes.MapPost("/populate", Populate).NeedsOpenMode();
        routes.MapPost("/reset", Reset);
    }

    private static async Task<IResult> Create(HttpRequest request, Proxies all, Denied denied, CancellationToken stop)
    {
        var (input, error) = await Body.Read<ProxyInput>(request, stop);
        if (input is null)
            return error!;
        if (string.IsNullOrEmpty(input.Name))
            return ToxiproxyError.Missing("name");
        if (string.IsNullOrEmpty(input.Upstream))
            return ToxiproxyError.Missing("upstream");
        var (edge, refusal) = Open(all, denied, input);
        return edge is null ? refusal! : Results.Json(ProxyAnswer.Of(edge), statusCode: 201);
    }

    private static IResult Show(string proxy, Proxies all) =>
        all.Find(proxy) is { } edge ? Results.Json(ProxyAnswer.Of(edge)) : ToxiproxyError.ProxyNotFound;

    private static async Task<IResult> Update(
        string proxy,
        HttpRequest request,
        Proxies all,
        Denied denied,
        CancellationToken stop
    )
    {
        if (all.Find(proxy) is not { } edge)
            return ToxiproxyError.ProxyNotFound;
        var (input, error) = await Body.Read<ProxyInput>(request, stop);
        if (input is null)
            return error!;
        var listen = input.Listen is null ? edge.ListenAddress : Address.Parse(input.Listen);
        var upstream = input.Upstream is null ? edge.UpstreamAddress : Address.Parse(input.Upstream);
        if (listen is null || upstream is null)
            return NoAddress(listen is null ? input.Listen : input.Upstream);
        if (denied.At($"{upstream}") is { } own)
            return ToxiproxyError.IsDenied(own);
        var enabled = input.Enabled ?? edge.Enabled;
        edge.Move(listen, upstream);
        if (!enabled)
            edge.Stop();
        return enabled && Start(edge) is { } refusal ? refusal : Results.Json(ProxyAnswer.Of(edge));
    }

    private static async Task<IResult> Delete(string proxy, Proxies all, LeaseBook leases)
    {
        if (all.Find(proxy) is not { } edge)
            return ToxiproxyError.ProxyNotFound;
        all.Remove(edge);
        await leases.RevertAll(proxy: proxy);
        return Results.NoContent();
    }

    private static async Task<IResult> Populate(
        HttpRequest request,
        Proxies all,
        Denied denied,
        LeaseBook leases,
        CancellationToken stop
    )
    {
        var (inputs, error) = await Body.Read<IReadOnlyList<ProxyInput>>(request, stop);
        if (inputs is null)
            return error!;
        for (var at = 0; at < inputs.Count; at++)
        {
            if (string.IsNullOrEmpty(inputs[at]?.Name))
                return ToxiproxyError.Missing($"name at proxy {at + 1}");
            if (string.IsNullOrEmpty(inputs[at]?.Upstream))
                return ToxiproxyError.Missing($"upstream at proxy {at + 1}");
        }
        var done = new List<ProxyAnswer>();
        foreach (var input in inputs)
        {
            var (edge, refusal) = await Replace(all, denied, leases, input);
            if (edge is null)
                return Results.Json(
                    new PopulateAnswer(done, refusal!.Error, refusal.Status),
                    statusCode: refusal.Status
                );
            done.Add(ProxyAnswer.Of(edge));
        }
        return Results.Json(new PopulateAnswer(done), statusCode: 201);
    }

    private static async Task<IResult> Reset(Proxies all, LeaseBook leases)
    {
        try
        {
            await leases.RevertAll();
        }
        catch (FaultStuckException stuck)
        {
            return new ToxiproxyError(stuck.Message, 502);
        }
        foreach (var edge in all.All)
        {
            foreach (var toxic in edge.Toxics)
                edge.Remove(toxic);
            if (Start(edge) is { } refusal)
                return refusal;
        }
        return Results.NoContent();
    }

    private static async Task<(EdgeProxy? Edge, ToxiproxyError? Refusal)> Replace(
        Proxies all,
        Denied denied,
        LeaseBook leases,
        ProxyInput input
    )
    {
        if (all.Find(input.Name!) is not { } known)
            return Open(all, denied, input);
        // The same as it is: left alone, with whoever is connected.
        if (known.IsAt(Address.Parse(input.Listen ?? ""), Address.Parse(input.Upstream!)))
            return (known, null);
        all.Remove(known);
        await leases.RevertAll(proxy: known.Name);
        return Open(all, denied, input);
    }

    private static (EdgeProxy? Edge, ToxiproxyError? Refusal) Open(Proxies all, Denied denied, ProxyInput input)
    {
        // Without an address to listen on Toxiproxy picks a free port.
        var listen = Address.Parse(string.IsNullOrEmpty(input.Listen) ? "127.0.0.1:0" : input.Listen);
        var upstream = Address.Parse(input.Upstream!);
        if (listen is null || upstream is null)
            return (null, NoAddress(listen is null ? input.Listen : input.Upstream));
        if (denied.At($"{upstream}") is { } own)
            return (null, ToxiproxyError.IsDenied(own));
        if (all.Add(input.Name!, listen, upstream) is not { } edge)
            return (null, ToxiproxyError.ProxyExists);
        if ((input.Enabled ?? true) && Start(edge) is { } refusal)
        {
            all.Remove(edge);
            return (null, refusal);
        }
        return (edge, null);
    }

    private static ToxiproxyError? Start(EdgeProxy edge)
    {
        try
        {
            edge.Start();
            return null;
        }
        catch (SocketException e)
        {
            return new ToxiproxyError($"listen tcp {edge.ListenAddress}: {e.Message}", 500);
        }
    }

    private static ToxiproxyError NoAddress(string? text) =>
        ToxiproxyError.BadBody($"{text} is no address; host:port is.");
}
