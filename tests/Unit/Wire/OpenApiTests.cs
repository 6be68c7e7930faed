using System.Text.Json;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Wire;

/// <summary>The documents that the build writes, as a partner reads them.</summary>
public sealed class OpenApiTests
{
    [Theory]
    [InlineData("Incidents")]
    [InlineData("Experiments")]
    [InlineData("Budgets")]
    public void Every_operation_says_what_it_is_for_and_where_it_belongs(string service)
    {
        var file = Repository.File("artifacts", "openapi", $"{service}.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString());
        var operations = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject().Select(verb => (Name: $"{verb.Name} {path.Name}", verb.Value))
            )
            .ToList();

        Assert.NotEmpty(operations);
        Assert.Empty(operations.Where(each => !Has(each.Value, "summary")).Select(each => each.Name));
        Assert.Empty(operations.Where(each => !Has(each.Value, "tags")).Select(each => each.Name));
    }

    private static bool Has(JsonElement operation, string property) =>
        operation.TryGetProperty(property, out var value)
        && value.GetRawText() is not ("\"\"" or "[]")
        && !value.GetRawText().Contains("Steady.", StringComparison.Ordinal);
}
