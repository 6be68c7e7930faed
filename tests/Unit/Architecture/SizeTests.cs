using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Architecture;

/// <summary>How long things may get. Breaking one is a conversation, not a crime: change the limit with a reason.</summary>
public sealed class SizeTests
{
    private static readonly string[] Product = ["src", "AppHost", "ServiceDefaults", "samples"];

    // Longer than they should be, by a few lines, and known to be.
    private static readonly string[] Known =
    [
        "src/Experiments/Runs/StartRun.cs: private static async Task<IResult> Handle(",
        "src/FaultAgent/Proxy/Link.cs: private async ValueTask Pass(",
    ];

    [Fact]
    public void No_file_has_more_than_three_hundred_lines() =>
        None(
            Product
                .Append("tests")
                .SelectMany(folder => Sources.Of(folder))
                .Where(file => file.Lines.Count > 300)
                .Select(file => $"{file.Name} has {file.Lines.Count} lines")
        );

    [Fact]
    public void No_method_has_more_than_forty_lines() =>
        None(
            Product
                .SelectMany(folder => Sources.Of(folder))
                // One table from what is stored to what is announced: cutting it in two helps nobody.
                .Where(file => !file.Name.EndsWith("Exchange/Announcements.cs", StringComparison.Ordinal))
                .SelectMany(file => Methods.In(file.Lines).Select(method => (file.Name, method.Head, method.Lines)))
                .Where(method => method.Lines > 40 && !Known.Contains($"{method.Name}: {method.Head}"))
                .Select(method => $"{method.Name}: {method.Head} has {method.Lines} lines")
        );

    [Theory]
    [InlineData(60, "src/Incidents/Program.cs")]
    [InlineData(60, "src/Experiments/Program.cs")]
    [InlineData(60, "src/Budgets/Program.cs")]
    [InlineData(60, "src/FaultAgent/Program.cs")]
    [InlineData(60, "src/Web/Program.cs")]
    [InlineData(45, "AppHost/AppHost.cs")]
    [InlineData(120, "ServiceDefaults/Extensions.cs")]
    public void Thin_edges_stay_thin(int limit, string name)
    {
        var path = Repository.File(name.Split('/'));
        var lines = File.Exists(path) ? File.ReadAllLines(path).Length : 0;
        Assert.True(lines <= limit, $"{name} has {lines} lines; {limit} are allowed");
    }

    [Fact]
    public void Kernel_is_read_in_half_an_hour()
    {
        var kernel = Sources.Of("src", "Kernel").ToList();
        var lines = kernel.Sum(file => file.Lines.Count);
        Assert.True(kernel.Count <= 12, $"Kernel has {kernel.Count} files; decision 2 allows 12");
        Assert.True(lines <= 1230, $"Kernel has {lines} lines; decision 2 allows 1,230");
    }

    [Fact]
    public void A_method_is_measured_by_its_body_and_a_type_is_none()
    {
        string[] source =
        [
            "public sealed class Lamp",
            "{",
            "    public void Switch(",
            "        bool on",
            "    )",
            "    {",
            "        if (on)",
            "        {",
            "            Glow();",
            "        }",
            "    }",
            "",
            "    public bool On => true;",
            "",
            "    public static int Watts(int volts) =>",
            "        40;",
            "",
            "    private sealed record Bulb(",
            "        int Watts",
            "    )",
            "    {",
            "        public bool IsDim => Watts < 40;",
            "    }",
            "}",
        ];
        Assert.Equal(
            [("public void Switch(", 4), ("public static int Watts(int volts) =>", 1)],
            Methods.In(source).Select(method => (method.Head, method.Lines))
        );
    }

    private static void None(IEnumerable<string> findings)
    {
        var found = findings.ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }
}
