namespace Steady.LocalHosting.Running;

/// <summary>All resources' lines on one output, each behind its name, in the resource's own colour where a person looks on.</summary>
internal sealed class Log
{
    private static readonly int[] Colours = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

    private readonly Dictionary<string, string> prefixes;
    private readonly Lock gate = new();
    private readonly TextWriter output;

    public Log(IEnumerable<string> names)
    {
#pragma warning disable RS0030 // An AppHost is a command-line program: its output is its log.
        output = Console.Out;
        var coloured = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
#pragma warning restore RS0030
        prefixes = names.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => Prefix(x.name, x.i, coloured));
    }

    public void Line(string name, string line)
    {
        lock (gate)
        {
            output.Write(prefixes[name]);
            output.WriteLine(line);
        }
    }

    private static string Prefix(string name, int index, bool coloured) =>
        coloured ? $"\e[{Colours[index % Colours.Length]}m[{name}]\e[0m " : $"[{name}] ";
}
