using Steady.Budgets.Gates;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class PolicyChoiceTests
{
    [Fact]
    public void The_policy_that_names_service_and_environment_most_closely_decides()
    {
        Policy[] policies =
        [
            Named("all", ["*"], ["*"]),
            Named("pay", ["pay-*"], ["prod*"]),
            Named("pay-west", ["pay-west*"], ["*"]),
            Named("pay-west-1", ["pay-west-1"], ["*"]),
            Named("a-pay-prod", ["pay-*"], ["production"]),
        ];
        Assert.Equal("all", Policy.For("mail", "production", policies).Name);
        Assert.Equal("a-pay-prod", Policy.For("pay-east", "production", policies).Name);
        Assert.Equal("pay", Policy.For("pay-east", "prod-2", policies).Name);
        Assert.Equal("pay-west", Policy.For("pay-west-2", "production", policies).Name);
        Assert.Equal("pay-west-1", Policy.For("pay-west-1", "production", policies).Name);
        Assert.Equal("built-in@1", Policy.For("mail", "production", policies[1..]).Label);
    }

    private static Policy Named(string name, string[] services, string[] environments) =>
        new(name, 1, Policy.BuiltIn.Terms with { Services = services, Environments = environments });
}
