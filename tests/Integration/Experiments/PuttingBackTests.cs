using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Xunit;

namespace Steady.Tests.Integration.Experiments;

/// <summary>Calls that put something back after the last fault, and what a run leaves to compare with.</summary>
public sealed class PuttingBackTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private static readonly Rung[] Rungs = [new(FaultKind.Latency, 50), new(FaultKind.Latency, 2000)];
    private readonly ConcurrentQueue<string> called = new();
    private WebApplication flags = null!;
    private volatile int status = 204;

    public async ValueTask InitializeAsync() =>
        flags = await Stage.Serve(app =>
            app.MapPost(
                "/{name}",
                (string name) =>
                {
                    called.Enqueue(name);
                    return Results.StatusCode(status);
                }
            )
        );

    public ValueTask DisposeAsync() => flags.DisposeAsync();

    [Fact]
    public async Task What_was_set_is_put_back_once_the_faults_are_out_and_the_next_run_knows_where_this_one_broke()
    {
        var design = Design("put-back");
        var first = await stage.UntilEnded((await stage.Begin(design)).Id);
        Assert.Equal(["one", "two"], called);
        Assert.All(first.Rollbacks!, call => Assert.True(call.Ok, call.Detail));
        Assert.Equal(new BreakingPoint(FaultKind.Latency, 2000, 50), first.BreakingPoint);
        Assert.Null(first.Was);

        var second = await stage.UntilEnded((await stage.Begin(design)).Id);
        Assert.Equal(first.BreakingPoint, second.Was);
        var history = await stage.Http.GetFromJsonAsync<List<RunSummary>>(
            "/v1/experiments/put-back/history",
            Json.Options,
            TestContext.Current.CancellationToken
        );
        Assert.Equal([second.Id, first.Id], history!.Select(run => run.RunId));
        Assert.All(history!, run => Assert.Equal(first.BreakingPoint, run.BreakingPoint));
    }

    [Fact]
    public async Task What_cannot_be_put_back_waits_for_a_person()
    {
        status = 500;
        var run = await stage.Begin(Design("stuck"));
        var ended = await stage.UntilEnded(run.Id);
        Assert.Equal((RunState.RevertUnconfirmed, 0), (ended.State, ended.FaultsLive));
        Assert.Contains("Rollback call 1 (POST", ended.Reason, StringComparison.Ordinal);
        using var confirmed = await stage.Http.PostAsJsonAsync(
            $"/v1/runs/{run.Id}/confirm",
            new ConfirmRevert("The flags were set by hand."),
            Json.Options,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(RunState.Halted, (await stage.Run(run.Id)).State);
    }

    [Fact]
    public async Task A_call_to_where_no_design_may_go_keeps_the_run_from_starting()
    {
        var design = Design("elsewhere") with
        {
            Rollback = [new RollbackCall("http://elsewhere.example/latest", "GET")],
        };
        var run = await stage.Begin(design);
        Assert.Equal(RunState.Refused, run.State);
        Assert.Contains("is not allowed", run.Reason, StringComparison.Ordinal);
    }

    private ExperimentDesign Design(string name) =>
        stage.Design(name, Rungs) with
        {
            Rollback = [new($"{Stage.Address(flags)}one", "POST"), new($"{Stage.Address(flags)}two", "POST")],
        };
}
