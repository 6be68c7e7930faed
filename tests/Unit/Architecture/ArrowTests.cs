using NetArchTest.Rules;
using Xunit;
using TestResult = NetArchTest.Rules.TestResult;

namespace Steady.Tests.Unit.Architecture;

/// <summary>Who may see whom.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Stores = ["Marten", "MassTransit", "Npgsql"];
    private static readonly string[] Edges = ["Endpoint", "Projection", "Consumer", "Worker", "Schema", "Program"];

    // The edge of Budgets to its plain tables of counts, named after what they hold.
    private static readonly string[] Known =
    [
        "Edges",
        "Paging",
        "StoredShapes",
        "CountSeries",
        "CountPartitions",
        "CountSlis",
        "CountSums",
        "CountStretches",
        "GateReader",
        "AdjustmentReader",
        "CompositeReader",
        "CauseReader",
        "CountWriter",
        "CountWrites",
        "RunningCounts",
        "RunReader",
        "OpenIncidents",
        "Sight",
        "IncomingAlerts",
        "PagerHealth",
        "Refusals",
        "ToldGroups",
        "SqlParameters",
    ];

    [Fact]
    public void Contracts_reference_nothing() =>
        Free(
            "Steady.Contracts",
            ["Steady.Kernel", "Steady.ServiceDefaults", "Steady.Client", "Microsoft.AspNetCore", .. Others()]
        );

    [Fact]
    public void Kernel_knows_neither_contracts_nor_services() =>
        Free("Steady.Kernel", ["Steady.Contracts", "Steady.Client", "Steady.ServiceDefaults", .. Shipped.ServiceNames]);

    [Theory]
    [InlineData("Steady.OpenSlo")]
    [InlineData("Steady.ChaosToolkit")]
    public void Readers_of_documents_know_nobody_and_touch_nothing(string assembly) =>
        Free(
            assembly,
            [
                "Steady.Contracts",
                "Steady.Kernel",
                "Steady.ServiceDefaults",
                "Steady.Client",
                "Microsoft.AspNetCore",
                "System.IO.File",
                "System.Net.Http",
                "System.Net.Sockets",
                "System.Diagnostics.Process",
                .. Others(),
            ]
        );

    [Fact]
    public void No_service_sees_another()
    {
        foreach (var service in Shipped.ServiceNames)
            Free(service, [.. Shipped.ServiceNames.Except([service]), "Steady.Web", "Steady.Cli"]);
    }

    [Theory]
    [InlineData("Steady.Web")]
    [InlineData("steady")]
    [InlineData("Steady.Client")]
    public void Who_looks_from_outside_sees_contracts_only(string assembly) =>
        Free(assembly, ["Steady.Kernel", .. Others()]);

    [Fact]
    public void Service_defaults_name_no_store_and_no_bus() =>
        Free("Steady.ServiceDefaults", ["Steady.Kernel", .. Others()]);

    [Fact]
    public void Only_edges_touch_the_outside_and_all_else_is_pure()
    {
        foreach (var service in Shipped.Services)
        {
            var inside = Types.InAssembly(service).That().ResideInNamespaceStartingWith(service.GetName().Name!);
            foreach (var edge in Edges.Concat(Known))
                inside = inside.And().DoNotHaveNameEndingWith(edge);
            Holds(
                inside.ShouldNot().HaveDependencyOnAny([.. Stores, "Microsoft.AspNetCore"]).GetResult(),
                $"The pure types of {service.GetName().Name}"
            );
        }
    }

    [Fact]
    public void No_room_sees_the_exchange()
    {
        foreach (var service in Shipped.Services)
        {
            var exchange = $"{service.GetName().Name}.Exchange";
            var rooms = Types
                .InAssembly(service)
                .That()
                .ResideInNamespaceStartingWith($"{service.GetName().Name}.")
                .And()
                .DoNotResideInNamespaceStartingWith(exchange);
            Holds(rooms.ShouldNot().HaveDependencyOn(exchange).GetResult(), $"Rooms beside {exchange}");
        }
    }

    private static IEnumerable<string> Others() => Shipped.ServiceNames.Concat(Stores);

    private static void Free(string assembly, params string[] forbidden)
    {
        if (Shipped.Find(assembly) is { } found)
            Holds(Types.InAssembly(found).ShouldNot().HaveDependencyOnAny(forbidden).GetResult(), assembly);
    }

    private static void Holds(TestResult result, string what) =>
        Assert.True(
            result.IsSuccessful,
            $"{what} see what they must not: {string.Join(", ", result.FailingTypeNames ?? [])}"
        );
}
