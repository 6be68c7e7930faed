using Steady.Cli;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class ConnectionTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory().FullName;

    public ConnectionTests()
    {
        Directory.CreateDirectory(Path.Combine(home, ".config", "steady"));
        File.WriteAllText(Path.Combine(home, ".config", "steady", "token"), "from-file\n");
    }

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Theory]
    [InlineData("typed", "set", "typed")]
    [InlineData(null, "set", "set")]
    [InlineData(" ", "", "from-file")]
    [InlineData(null, null, "from-file")]
    public void The_nearest_token_wins(string? typed, string? set, string expected) =>
        Assert.Equal(expected, Connection.Token(typed, name => name == "HOME" ? home : Set(name, "STEADY_TOKEN", set)));

    [Theory]
    [InlineData("https://typed", "http://set", "https://typed/")]
    [InlineData(null, "http://set", "http://set/")]
    [InlineData(null, null, "http://localhost:8080/")]
    public void The_nearest_address_wins(string? typed, string? set, string expected) =>
        Assert.Equal(expected, Connection.Address(typed, name => Set(name, "STEADY_URL", set)).ToString());

    private static string? Set(string asked, string name, string? value) => asked == name ? value : null;
}
