using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>What browsers hear of a private incident, through the console that hears everything.</summary>
[Collection(nameof(Platform))]
public sealed class PrivateLiveTests(Platform platform)
{
    private const string Declared = "incidents.incident-declared";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_part_in_it_is_not_even_told_that_something_happened()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        var (bo, cleo) = (await Token("bo"), await Token("cleo"));
        using var door = new FrontDoor(platform.Address("web"), bo);
        await using var bos = Live(bo, patience.Token);
        await using var cleos = Live(cleo, patience.Token);
        // Both sit at the board before anything happens.
        await Until(bos, one => one.Kind == "state");
        await Until(cleos, one => one.Kind == "state");

        await door.Incidents.Declare(
            new DeclareIncident("vault", Severity.Sev3, "A key is gone", Private: true),
            stop: Stop
        );
        var told = await Until(bos, one => one.Type == Declared);
        Assert.Null(told[^1].Id);
        await door.Incidents.Declare(new DeclareIncident("vault", Severity.Sev3, "The door is stuck"), stop: Stop);

        var heard = await Until(cleos, one => one.Type == Declared);
        // It has a number, as what everybody may know has; what has none is told to those who have a part in it.
        Assert.NotNull(heard[^1].Id);
        Assert.DoesNotContain(heard, one => one is { Kind: "event", Id: null });
        Assert.NotNull((await Until(bos, one => one.Type == Declared))[^1].Id);
    }

    private async Task<string> Token(string person) =>
        (await platform.Door.Tokens.Create(new CreateToken(person, ["incidents:read", "incidents:write"]), Stop)).Token;

    private async IAsyncEnumerator<Heard> Live(string token, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = platform.Address("web") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await using var stream = await http.GetStreamAsync(new Uri("live", UriKind.Relative), stop);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(stop))
            yield return JsonSerializer.Deserialize<Heard>(item.Data, JsonSerializerOptions.Web)!;
    }

    private static async Task<IReadOnlyList<Heard>> Until(IAsyncEnumerator<Heard> live, Func<Heard, bool> isLast)
    {
        var heard = new List<Heard>();
        while (heard.Count == 0 || !isLast(heard[^1]))
        {
            Assert.True(await live.MoveNextAsync(), "The stream has ended.");
            heard.Add(live.Current);
        }

        return heard;
    }

    private sealed record Heard(string? Id, string Kind, string? Type);
}
