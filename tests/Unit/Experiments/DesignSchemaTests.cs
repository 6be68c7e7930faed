using System.Text.Json.Nodes;
using NJsonSchema;
using Steady.Experiments.Design;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Experiments;

/// <summary>The published shape of a design, asked by somebody else's validator, says what the reader says.</summary>
public sealed class DesignSchemaTests
{
    private static readonly string Sample = File.ReadAllText(
        Repository.File("samples", "experiments", "slow-ledger.yaml")
    );

    [Fact]
    public void The_published_shape_is_the_one_that_is_read() =>
        Golden.Matches(DesignSchema.Write(), "docs", "schemas", "experiment.schema.json");

    [Fact]
    public async Task A_design_that_is_exported_has_the_shape()
    {
        Assert.Empty(await Wrong(Yaml.ToJson(Sample, yaml: true).Json!));
        Assert.Empty(await Wrong(Yaml.ToJson(DesignExport.Write(Designs.Design), yaml: true).Json!));
    }

    [Theory]
    [InlineData("holdSeconds: 4", "holdSeconds: 4s")]
    [InlineData("holdSeconds: 4", "holdSeconds: 0.5m")]
    [InlineData("withinMs: 300", "withinMs: 0.3s")]
    [InlineData("minimumGood: 0.95", "minimumGood: 95%")]
    [InlineData("magnitude: 400", "magnitude: 400 ms")]
    [InlineData("ttlSeconds: 10", "ttlSeconds: 10s")]
    public Task Numbers_may_carry_their_unit(string plain, string withUnit) => Agree(plain, withUnit, accepted: true);

    [Theory]
    [InlineData("hypothesis:", "hypotesis:")]
    [InlineData("name: slow-ledger", "name: Slow Ledger")]
    [InlineData("holdSeconds: 4", "holdSeconds: 4%")]
    [InlineData("holdSeconds: 4", "holdSeconds: 4000")]
    [InlineData("holdSeconds: 4", "holdMinutes: 4")]
    [InlineData("minimumGood: 0.95", "minimumGood: 95")]
    [InlineData("magnitude: 400", "magnitude: 0")]
    [InlineData("fault: latency", "fault: fire")]
    [InlineData("method: POST", "method: PATCH")]
    [InlineData("  edge: checkout-ledger", "  share: 0.5")]
    [InlineData("recoveryWithinSeconds: 30", "recoveryWithinSeconds: soon")]
    public Task What_is_not_read_has_not_the_shape(string good, string wrong) => Agree(good, wrong, accepted: false);

    private static async Task Agree(string before, string after, bool accepted)
    {
        var text = Sample;
        Assert.Contains(before, text, StringComparison.Ordinal);
        text = text.Replace(before, after, StringComparison.Ordinal);
        Assert.Equal(accepted, DesignDocument.Read(text, yaml: true).Design is not null);
        Assert.Equal(accepted, (await Wrong(Yaml.ToJson(text, yaml: true).Json!)).Count == 0);
    }

    private static async Task<IReadOnlyList<string>> Wrong(JsonNode document)
    {
        var shape = DesignSchema.Write().ToJsonString();
        var schema = await JsonSchema.FromJsonAsync(shape, TestContext.Current.CancellationToken);
        return [.. schema.Validate(document.ToJsonString()).Select(error => $"{error}")];
    }
}
