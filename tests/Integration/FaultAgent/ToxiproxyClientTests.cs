using System.Diagnostics;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.FaultAgent;

/// <summary>Toxiproxy's own client for Node, which knows nothing of Steady, finds here what it is used to.</summary>
public sealed class ToxiproxyClientTests
{
    [Fact]
    public async Task Every_call_of_toxiproxy_node_client_does_what_it_is_for()
    {
        if (!await Runs("node", "--version") || !await Runs("npm", "--version"))
            Servers.Absent("Node and npm are not installed. Install nodejs and npm.");
        var folder = Directory.CreateTempSubdirectory("steady-node-").FullName;
        foreach (var file in Directory.GetFiles(Source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var (installed, said) = await Run("npm", folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        Assert.True(installed == 0, said);

        await using var edge = await Edge.Start();
        var address = edge.Agent.Address.AbsoluteUri.TrimEnd('/');
        var (code, output) = await Run(
            "node",
            folder,
            "conformance.mjs",
            address,
            TestTokens.With("experiments:operate")
        );
        Assert.True(code == 0, output);
        Assert.Equal(20, output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Directory.Delete(folder, recursive: true);
    }

    private static string Source =>
        Path.Combine(Repository.Root, "tests", "Integration", "FaultAgent", "toxiproxy-node-client");

    private static async Task<bool> Runs(string program, string argument)
    {
        try
        {
            return (await Run(program, "/", argument)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Edge.Stop);
        var errors = process.StandardError.ReadToEndAsync(Edge.Stop);
        await process.WaitForExitAsync(Edge.Stop);
        return (process.ExitCode, await output + await errors);
    }
}
