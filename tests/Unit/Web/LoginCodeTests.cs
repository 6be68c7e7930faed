using Steady.Web.SignIn;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class LoginCodeTests : IDisposable
{
    private readonly string memory = Path.GetTempFileName();

    public LoginCodeTests() => File.Delete(memory);

    public void Dispose() => File.Delete(memory);

    [Fact]
    public void The_code_opens_once()
    {
        var code = new LoginCode("secret", null);

        Assert.True(code.TryUse("secret"));
        Assert.False(code.TryUse("secret"));
    }

    [Fact]
    public void Another_code_opens_nothing_and_uses_nothing_up()
    {
        var code = new LoginCode("secret", null);

        Assert.False(code.TryUse("guess"));
        Assert.True(code.TryUse("secret"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_code_there_is_no_way_in(string? none) => Assert.False(new LoginCode(none, null).TryUse(""));

    [Fact]
    public void A_restart_does_not_bring_a_used_code_back()
    {
        new LoginCode("secret", memory).TryUse("secret");

        Assert.False(new LoginCode("secret", memory).TryUse("secret"));
        Assert.True(new LoginCode("newer", memory).TryUse("newer"));
        Assert.DoesNotContain("newer", File.ReadAllText(memory), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_in()
    {
        var code = new LoginCode("secret", memory);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => code.TryUse("secret"))));

        Assert.Single(answers, opened => opened);
    }
}
