using System.Text;
using Microsoft.Extensions.Time.Testing;
using Steady.Cli;

namespace Steady.Tests.Unit.Cli;

/// <summary>The command as a shell sees it: what it was given, what it wrote and what it answered.</summary>
internal sealed class CommandLine
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);

    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    public CommandLine(params (string Name, string Value)[] variables)
    {
        var known = variables.ToDictionary(v => v.Name, v => v.Value);
        Shell = new Shell(
            new StringWriter(output),
            new StringWriter(error),
            new FakeTimeProvider(Now),
            known.GetValueOrDefault
        );
    }

    public Shell Shell { get; }

    public string Output => output.ToString();

    public string Error => error.ToString();

    public Task<int> Run(params string[] arguments) => Shell.Run(arguments);
}
