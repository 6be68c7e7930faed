using System.Reflection;
using System.Runtime.CompilerServices;
using JasperFx.Events.Aggregation;
using Xunit;

namespace Steady.Tests.Unit.Architecture;

/// <summary>What Marten's generator passes over without a word.</summary>
public sealed class StoreTests
{
    private static readonly string[] Conventions = ["Create", "Apply", "Project", "Transform", "ShouldDelete"];

    [Fact]
    public void States_have_create_and_apply_and_no_evolve()
    {
        var states = Shipped
            .Services.SelectMany(service => service.GetCustomAttributes<GeneratedEvolverAttribute>())
            .Where(attribute => attribute.ProjectionType is null)
            .Select(attribute => attribute.AggregateType)
            .ToList();
        Assert.NotEmpty(states);
        foreach (var state in states)
        {
            Assert.DoesNotContain(state.GetMethods(), method => method.Name is "Evolve" or "EvolveAsync");
            AssertPublic(state);
        }
    }

    [Fact]
    public void Projections_are_sealed_partial_and_their_methods_public()
    {
        var sources = string.Join('\n', Sources.Of("src").SelectMany(file => file.Lines));
        foreach (var projection in Shipped.Services.SelectMany(service => service.GetTypes()).Where(IsProjection))
        {
            Assert.Contains($"sealed partial class {projection.Name}", sources, StringComparison.Ordinal);
            AssertPublic(projection);
        }
    }

    private static void AssertPublic(Type type)
    {
        const BindingFlags hidden =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var found = type.GetMethods(hidden)
            .Where(method => Conventions.Contains(method.Name))
            .Where(method => method.GetCustomAttribute<CompilerGeneratedAttribute>() is null);
        Assert.True(!found.Any(), $"{type} hides {string.Join<MethodInfo>(", ", found)}; Marten would not call it");
    }

    private static bool IsProjection(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Projection", StringComparison.Ordinal);
}
