namespace Steady.Web.FrontDoor;

/// <summary>Where the services are: what the host says, else where they are by default.</summary>
public sealed class Addresses(IConfiguration configuration)
{
    private static readonly Dictionary<string, int> Usual = new()
    {
        ["incidents"] = 8081,
        ["experiments"] = 8082,
        ["budgets"] = 8083,
    };

    public static IEnumerable<string> Services => Usual.Keys;

    public Uri Of(string service) =>
        new(configuration[$"services:{service}:http:0"] ?? $"http://127.0.0.1:{Usual[service]}");
}
