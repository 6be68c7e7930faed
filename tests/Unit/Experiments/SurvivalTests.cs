using System.Numerics;
using System.Text.Json;
using CsCheck;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Experiments.Prediction;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

public sealed class SurvivalTests
{
    private static readonly string[] Compose =
    [
        "compose-post-service",
        "home-timeline-service",
        "media-service",
        "post-storage-service",
        "social-graph-service",
        "text-service",
        "unique-id-service",
        "url-shorten-service",
        "user-mention-service",
        "user-service",
        "user-timeline-service",
    ];

    private static readonly Operation[] Operations =
    [
        new(
            "home-timeline",
            "nginx-web-server",
            ["home-timeline-service", "post-storage-service", "social-graph-service"],
            0.6m
        ),
        new("user-timeline", "nginx-web-server", ["user-timeline-service", "post-storage-service"], 0.3m),
        new("compose-post", "nginx-web-server", Compose, 0.1m),
    ];

    private static readonly ReplicatedService[] Replicated =
    [
        new("compose-post-service", 3),
        new("home-timeline-service", 3),
        new("user-timeline-service", 3),
        new("text-service", 3),
        new("media-service", 3),
    ];

    [Theory]
    [InlineData(false, "0.1", "0.4182")]
    [InlineData(false, "0.3", "0.1613")]
    [InlineData(false, "0.5", "0.0454")]
    [InlineData(false, "0.7", "0.0014")]
    [InlineData(false, "0.9", "0")]
    [InlineData(true, "0.1", "0.6281")]
    [InlineData(true, "0.3", "0.3054")]
    [InlineData(true, "0.5", "0.1145")]
    [InlineData(true, "0.7", "0.0132")]
    [InlineData(true, "0.9", "0")]
    public void The_published_figures_of_a_real_graph_are_reproduced(bool replicas, string share, string published)
    {
        var traced = JsonSerializer.Deserialize<TracedTopology>(
            File.ReadAllText(Repository.File("tests", "Unit", "Experiments", "Data", "jaeger-socialnet-deps.json")),
            Json.Options
        )!;
        var graph = new Graph(new([], Operations, replicas ? Replicated : null), traced.Data);
        var predicted = Survival.Predict(graph, "published", Parse(share));
        Assert.InRange(predicted.Works, Parse(published) - 0.001m, Parse(published) + 0.001m);
    }

    [Fact]
    public void A_service_with_a_container_left_still_answers()
    {
        var graph = new Graph(new([new("a", "b")], [new("do", "a")], [new("b", 2)]), []);
        // Of the three pairs of containers only the one of both b's leaves a, and then b is gone.
        Assert.Equal((0, 3), Survival.Count(graph, graph.Operations[0], 2));
        Assert.Equal((2, 3), Survival.Count(graph, graph.Operations[0], 1));
        Assert.Equal((1, 1), Survival.Count(graph, graph.Operations[0], 0));
    }

    [Fact]
    public void A_need_is_reached_over_any_way_that_is_left()
    {
        DeclaredEdge[] square = [new("a", "b"), new("a", "c"), new("b", "d"), new("c", "d")];
        var graph = new Graph(new(square, [new("do", "a", ["d"])]), []);
        Assert.Equal((2, 4), Survival.Count(graph, graph.Operations[0], 1));
        Assert.Equal((0, 6), Survival.Count(graph, graph.Operations[0], 2));
    }

    [Fact]
    public void The_count_is_that_of_trying_every_set_of_containers() =>
        Samples.Sample(
            sample =>
            {
                var graph = new Graph(sample, []);
                for (var killed = 0; killed <= Survival.Containers(graph); killed++)
                    Assert.Equal(
                        Tried(graph, graph.Operations[0], killed),
                        Survival.Count(graph, graph.Operations[0], killed)
                    );
            },
            iter: 300
        );

    private static readonly Gen<TopologyDeclaration> Samples = Gen.Select(
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).List[0, 12],
        Gen.Int[0, 5].List[0, 3],
        Gen.Int[1, 3].Array[6],
        (edges, needs, replicas) =>
            new TopologyDeclaration(
                [
                    .. edges
                        .Where(edge => edge.Item1 != edge.Item2)
                        .Distinct()
                        .Select(edge => new DeclaredEdge($"s{edge.Item1}", $"s{edge.Item2}")),
                ],
                [new("do", "s0", needs.Count == 0 ? null : [.. needs.Distinct().Select(need => $"s{need}")])],
                [.. replicas.Select((count, n) => new ReplicatedService($"s{n}", count))]
            )
    );

    private static (BigInteger, BigInteger) Tried(Graph graph, Operation operation, int killed)
    {
        var containers = graph.Replicas.SelectMany(service => Enumerable.Repeat(service.Key, service.Value)).ToList();
        var (works, all) = (0, 0);
        for (var set = 0u; set < 1u << containers.Count; set++)
        {
            if (BitOperations.PopCount(set) != killed)
                continue;
            all++;
            var left = containers.Where((_, n) => (set & (1u << n)) == 0).ToHashSet(StringComparer.Ordinal);
            if (
                graph.Needs(operation).IsSubsetOf(left)
                && graph.Needs(operation).IsSubsetOf(graph.Reachable(operation.Entry, edge => left.Contains(edge.To)))
            )
                works++;
        }

        return (works, all);
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
