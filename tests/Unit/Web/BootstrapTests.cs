using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Steady.ServiceDefaults;
using Steady.Web.SignIn;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class BootstrapTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 5, 0, TimeSpan.Zero);
    private static readonly string[] Files =
    [
        "admin.token",
        "experiments.token",
        "lease.key",
        "lease.pub",
        "login.code",
        "shop.token",
        "signing.key",
        "signing.pub",
        "web.token",
    ];

    private readonly FakeTimeProvider clock = new(Now);
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("steady-bootstrap-");

    private string Place => Path.Combine(parent.FullName, "keys");

    public void Dispose() => parent.Delete(recursive: true);

    [Fact]
    public void A_fresh_folder_gets_everything_readable_by_its_owner_alone()
    {
        Bootstrap.Write(Place, clock);

        Assert.Equal(Files, Directory.GetFiles(Place).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(
            Directory.GetFiles(Place),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file))
        );
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Place)
        );
    }

    [Fact]
    public void The_key_stays_and_all_ways_in_are_new()
    {
        Bootstrap.Write(Place, clock);
        var before = Files.ToDictionary(name => name, Read);
        clock.Advance(TimeSpan.FromMinutes(1));
        Bootstrap.Write(Place, clock);

        Assert.Equal(
            ["lease.key", "lease.pub", "signing.key", "signing.pub"],
            Files.Where(name => Read(name) == before[name])
        );
    }

    [Theory]
    [InlineData("admin.token", "admin@local", "admin")]
    [InlineData("shop.token", "service:shop", "ingest:counts")]
    [InlineData("web.token", "service:web", "incidents:read incidents:relay experiments:read budgets:read")]
    public void Each_token_may_do_what_its_bearer_needs_and_no_more(string file, string subject, string scope)
    {
        Bootstrap.Write(Place, clock);

        var token = new JsonWebToken(Read(file));
        Assert.Equal(subject, token.Subject);
        Assert.Equal(scope, token.GetClaim("scope").Value);
    }

    [Fact]
    public void No_process_may_hand_out_tokens_and_no_scope_is_unknown()
    {
        Bootstrap.Write(Place, clock);

        string[] processes = ["experiments.token", "shop.token", "web.token"];
        Assert.All(
            processes.SelectMany(file => new JsonWebToken(Read(file)).GetClaim("scope").Value.Split(' ')),
            scope =>
            {
                Assert.NotEqual("admin", scope);
                Assert.Contains(scope, Tokens.Scopes);
            }
        );
    }

    [Fact]
    public void The_administrators_token_lasts_a_month()
    {
        Bootstrap.Write(Place, clock);

        Assert.Equal(Now.AddDays(30).UtcDateTime, new JsonWebToken(Read("admin.token")).ValidTo);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(Place, name)).Trim();
}
