using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady budget service</c>: whose a service is, how what it spends is put down to causes, and what a team takes on itself.</summary>
internal static class BudgetServiceCommands
{
    private static readonly Dictionary<string, CauseKind> Causes = new[]
    {
        CauseKind.Run,
        CauseKind.Incident,
        CauseKind.Deploy,
        CauseKind.Team,
    }.ToDictionary(cause => $"{cause}".ToLowerInvariant());

    public static Command Create(Shell shell) =>
        new("service", "Whose a service is, and how what it spends is put down to causes.")
        {
            Show(shell),
            Team(shell),
            Tune(shell),
            Claim(shell),
        };

    private static Command Show(Shell shell)
    {
        var service = Name();
        var command = new Command("show", "The team of a service, and how what it spends is put down.") { service };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Service(given.GetRequiredValue(service), stop),
                    ObjectivePictures.Service
                )
        );
        return command;
    }

    private static Command Team(Shell shell)
    {
        var service = Name();
        var team = new Argument<string>("team") { Description = "The team that it belongs to." };
        var command = new Command("team", "Say which team a service belongs to.") { service, team };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.NameTeam(
                        given.GetRequiredValue(service),
                        new(given.GetRequiredValue(team)),
                        stop
                    ),
                    ObjectivePictures.Service
                )
        );
        return command;
    }

    private static Command Tune(Shell shell)
    {
        var service = Name();
        var background = new Option<decimal?>("--background")
        {
            Description = "Share of all events that always fails, 0 to 1, for example 0.0002.",
            HelpName = "share",
        };
        var minutes = Minutes();
        var environments = Inputs.Optional(
            "--environments",
            "In which environments deployments count: a name, or a pattern with *.",
            "pattern"
        );
        var order = Order();
        var command = new Command("tune", "Change how what a service spends is put down; what is not given stays.")
        {
            service,
            background,
            minutes,
            environments,
            order,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(service);
                var now = (await session.Door.Gates.Service(name, stop)).Attribution;
                var wanted = now with
                {
                    BackgroundRate = given.GetValue(background) ?? now.BackgroundRate,
                    DeployMinutes = given.GetValue(minutes) ?? now.DeployMinutes,
                    Environments = given.GetValue(environments) ?? now.Environments,
                    Order = given.GetValue(order) ?? now.Order,
                };
                return session.Show(await session.Door.Gates.Tune(name, wanted, stop), ObjectivePictures.Service);
            }
        );
        return command;
    }

    private static Command Claim(Shell shell)
    {
        var service = Name();
        var team = Inputs.Required("--team", "The team that takes it on itself.", "team");
        var from = Inputs.Moment("--from", "Beginning.", shell);
        var to = Inputs.Moment("--to", "End.", shell);
        (from.Required, to.Required) = (true, true);
        var reason = Inputs.Required("--reason", "What it does meanwhile.", "text");
        var kind = Inputs.Optional("--class", "Class of the work; team when absent.", "word");
        var command = new Command("claim", "A team takes what fails in a period on itself.")
        {
            service,
            team,
            from,
            to,
            reason,
            kind,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var period = new ClaimPeriod(
                    given.GetRequiredValue(team),
                    given.GetValue(from)!.Value,
                    given.GetValue(to)!.Value,
                    given.GetRequiredValue(reason),
                    given.GetValue(kind)
                );
                var claim = await session.Door.Gates.Claim(given.GetRequiredValue(service), period, stop: stop);
                return session.Show(claim, SpendPictures.Claimed);
            }
        );
        return command;
    }

    private static Option<int?> Minutes() =>
        new("--deploy-minutes")
        {
            Description = "How long a deployment covers, 1 to 1,440 minutes.",
            HelpName = "count",
        };

    private static Option<CauseKind[]?> Order() =>
        new("--order")
        {
            Description = $"Who comes first where several cover a minute: {string.Join(",", Causes.Keys)}, each once.",
            HelpName = "causes",
            CustomParser = result =>
            {
                var words = result.Tokens[0].Value.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries);
                if (words.All(Causes.ContainsKey))
                    return [.. words.Select(word => Causes[word])];
                result.AddError($"--order takes {string.Join(",", Causes.Keys)}, each once, with commas between them.");
                return null;
            },
        };

    private static Argument<string> Name() => new("service") { Description = "The service." };
}
