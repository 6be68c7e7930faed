using System.Text.Json;
using Spectre.Console;
using Steady.Cli.Drawing;
using Steady.Client;

namespace Steady.Cli;

/// <summary>Where one command's answer goes.</summary>
public class Page(TextWriter output, TimeProvider clock, bool json)
{
    public TimeProvider Clock => clock;

    public bool Json => json;

    public IAnsiConsole Screen { get; } = Screens.On(output);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The answer: as a picture for people, or as the contract's JSON and nothing else.</summary>
    public int Show<T>(T answer, Action<IAnsiConsole, T, DateTimeOffset> draw, int exit = Exit.Done)
    {
        if (json)
            Print(answer);
        else
            draw(Screen, answer, Now);
        return exit;
    }

    /// <summary>One line of JSON, exactly as the contract has it.</summary>
    public void Print<T>(T answer) => output.WriteLine(JsonSerializer.Serialize(answer, Contracts.Json.Options));

    /// <summary>A text as it is.</summary>
    public void Write(string text) => output.Write(text);
}

/// <summary>One command at work: the platform it talks to and the screen it draws on.</summary>
public sealed class Session(FrontDoor door, TextWriter output, TimeProvider clock, bool json)
    : Page(output, clock, json)
{
    public FrontDoor Door => door;
}
