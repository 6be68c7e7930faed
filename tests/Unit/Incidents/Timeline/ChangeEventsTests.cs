using System.Text.Json;
using Steady.Incidents.Timeline;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Timeline;

public sealed class ChangeEventsTests
{
    [Fact]
    public void A_deployment_of_CDEvents_says_what_went_where()
    {
        var change = Of(
            "dev.cdevents.service.upgraded.0.2.0",
            """{"context":{"version":"0.4.1"},"subject":{"id":"/shop/checkout","type":"service","content":{"environment":{"id":"production"},"artifactId":"pkg:oci/checkout@sha256:1f"}}}"""
        )!;
        Assert.Equal("/shop/checkout was upgraded as pkg:oci/checkout@sha256:1f in production.", change.Text);
        Assert.Equal("checkout", Assert.Single(change.Services));
        Assert.Equal(
            ("pkg:oci/checkout@sha256:1f", "production"),
            (change.Labels["ref"], change.Labels["environment"])
        );
    }

    [Fact]
    public void A_flag_is_named_as_OpenTelemetry_names_it()
    {
        var change = Of(
            "feature_flag.change",
            """{"feature_flag.key":"new-checkout","feature_flag.result.variant":"on","feature_flag.set.id":"production","service.name":"checkout"}"""
        )!;
        Assert.Equal("The flag new-checkout is on now in production.", change.Text);
        Assert.Equal(("checkout", "new-checkout"), (Assert.Single(change.Services), change.Labels["flag"]));
    }

    [Fact]
    public void A_provider_of_OpenFeature_says_which_flags_changed()
    {
        var change = Of(
            "dev.openfeature.provider_configuration_changed",
            """{"providerName":"flagd","flagsChanged":["a","b"]}"""
        )!;
        Assert.Equal("Changed flags of flagd: a, b.", change.Text);
        Assert.Empty(change.Services);
    }

    [Theory]
    [InlineData("dev.cdevents.service.deployed.0.2.0", "{}")]
    [InlineData("dev.cdevents.service.slept.0.2.0", """{"subject":{"id":"a"}}""")]
    [InlineData("dev.cdevents.service.deployed.0.2.0", """{"subject":{"id":7.5,"content":"x"}}""", true)]
    [InlineData("feature_flag.change", """{"key":"a"}""")]
    [InlineData("provider_configuration_changed", """{"flagsChanged":[1]}""")]
    [InlineData("com.example.tick", """{"feature_flag.key":"a"}""")]
    [InlineData("feature_flag.change", "[]")]
    public void What_is_not_of_the_standard_is_told_like_any_other_event(
        string type,
        string data,
        bool isChange = false
    ) => Assert.Equal(isChange, Of(type, data) is not null);

    [Theory]
    [InlineData("dev.cdevents.service.rolledback.0.2.0", "deploy")]
    [InlineData("dev.cdevents.environment.modified.0.2.0", "config")]
    [InlineData("feature_flag.evaluation", "flag")]
    [InlineData("dev.openfeature.provider_configuration_changed", "flag")]
    public void Each_has_its_category_and_anybody_may_tell_it(string kind, string category)
    {
        Assert.Equal(category, Categories.Of(kind));
        Assert.False(Categories.IsOfPlatform(kind));
    }

    private static Change? Of(string type, string data)
    {
        using var document = JsonDocument.Parse(data);
        return ChangeEvents.Of(type, document.RootElement.Clone());
    }
}
