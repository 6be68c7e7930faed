using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.Json;
using Steady.Cli.Commands;
using Steady.Cli.Drawing;
using Steady.Client;

namespace Steady.Cli;

/// <summary>The command <c>steady</c>: what all its parts share, and what becomes of an answer or a failure.</summary>
public sealed class Shell
{
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Func<string, string?> variable;

    public Shell(TextWriter output, TextWriter error, TimeProvider clock, Func<string, string?> variable)
    {
        (this.output, this.error, this.variable, Clock) = (output, error, variable, clock);
        Root = new RootCommand("Incidents, error budgets and experiments of a Steady, from the command line.")
        {
            Url,
            Token,
            Json,
            IncidentCommands.Create(this),
            AlertCommands.Create(this),
            IntegrationCommands.Create(this),
            OnCallCommands.Create(this),
            EscalationCommands.Create(this),
            PageCommands.Create(this),
            ContactCommands.Create(this),
            TimelineCommand.Create(this),
            ReplayCommand.Create(this),
            EntryCommands.Create(this),
            IncidentComparingCommands.Diff(this),
            IncidentComparingCommands.Similar(this),
            ObjectiveCommands.Create(this),
            BudgetCommands.Create(this),
            CompositeCommands.Create(this),
            ExperimentCommands.Create(this),
            RunCommands.Create(this),
            GameDayCommands.Create(this),
            FindingCommands.Create(this),
            FollowUpCommands.Create(this),
            PostmortemCommands.Create(this),
            PlotCommand.Create(this),
            CatalogCommands.Create(this),
            StatusCommand.Create(this),
            LeverCommands.Create(this),
            BlackoutCommands.Create(this),
            TopologyCommands.Create(this),
            GateCommands.Create(this),
            ToilCommands.Create(this),
            AdjustmentCommands.Create(this),
            DeployCommands.Create(this),
            TokenCommands.Create(this),
        };
    }

    public RootCommand Root { get; }

    public TimeProvider Clock { get; }

    /// <summary>What the environment says.</summary>
    public string? Variable(string name) => variable(name);

    private Option<string?> Url { get; } =
        new("--url")
        {
            Description = $"Address of the Steady (STEADY_URL; default {Connection.DefaultAddress}).",
            HelpName = "address",
            Recursive = true,
        };

    private Option<string?> Token { get; } =
        new("--token")
        {
            Description = "Bearer token (STEADY_TOKEN, or the file ~/.config/steady/token).",
            HelpName = "token",
            Recursive = true,
        };

    private Option<bool> Json { get; } =
        new("--json") { Description = "Print the answer as JSON and nothing else.", Recursive = true };

    /// <summary>Says what a command does once it is understood: the answer is its exit code.</summary>
    public void Handle(Command command, Func<ParseResult, Session, CancellationToken, Task<int>> action) =>
        command.SetAction(
            async (given, stop) =>
            {
                var address = Connection.Address(given.GetValue(Url), variable);
                using var door = new FrontDoor(address, Connection.Token(given.GetValue(Token), variable));
                return await action(given, new Session(door, output, Clock, given.GetValue(Json)), stop);
            }
        );

    /// <summary>The same for a command that needs no platform.</summary>
    public void HandleAlone(Command command, Func<ParseResult, Page, int> action) =>
        command.SetAction(given => action(given, new Page(output, Clock, given.GetValue(Json))));

    public async Task<int> Run(string[] arguments)
    {
        var given = Root.Parse(arguments);
        if (given.Action is ParseErrorAction)
            return Misunderstood(given);
        var complaints = new Complaints(Screens.On(error));
        try
        {
            var how = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = error,
            };
            return await given.InvokeAsync(how);
        }
        catch (ProblemException problem)
        {
            return complaints.About(problem);
        }
        catch (MistakeException mistake)
        {
            return complaints.About(mistake.Message, mistake.Exit);
        }
        catch (JsonException)
        {
            var sentence =
                "The answer is not what a Steady answers. Is this the address of one, and of the same version?";
            return complaints.About(sentence, Exit.Broken);
        }
        catch (OperationCanceledException)
        {
            return Exit.Interrupted;
        }
    }

    // A command that only groups others shows them; anything else names the mistake and where help is.
    private int Misunderstood(ParseResult given)
    {
        var command = given.CommandResult.Command;
        var path = string.Join(' ', Path(command));
        if (Groups(command) && given.UnmatchedTokens.Count == 0)
        {
            var help = Root.Parse([.. Path(command).Skip(1), "--help"]);
            help.Invoke(new InvocationConfiguration { Output = error, Error = error });
            return Exit.Usage;
        }

        var complaints = new Complaints(Screens.On(error));
        foreach (var mistake in Mistakes(given))
            complaints.About(mistake, Exit.Usage);
        complaints.Hint($"{path} --help");
        return Exit.Usage;
    }

    // An unknown word is the mistake; that the right one is missing follows from it.
    private static IEnumerable<string> Mistakes(ParseResult given) =>
        given.UnmatchedTokens.Count > 0 && Groups(given.CommandResult.Command)
            ? given.UnmatchedTokens.Take(1).Select(word => $"There is no command '{word}'.")
            : given.Errors.Select(mistake => mistake.Message).Distinct();

    // One that takes something itself does more than that.
    private static bool Groups(Command command) => command.Subcommands.Count > 0 && command.Arguments.Count == 0;

    private IEnumerable<string> Path(Command command) =>
        command == Root ? ["steady"] : Path(command.Parents.OfType<Command>().First()).Append(command.Name);
}
