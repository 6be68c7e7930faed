using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady deploy</c>: what went out, so that what fails after it finds its cause.</summary>
internal static class DeployCommands
{
    public static Command Create(Shell shell) =>
        new("deploy", "Deployments: what went out, so that what fails after it finds its cause.")
        {
            Record(shell),
            List(shell),
        };

    private static Command Record(Shell shell)
    {
        var service = new Argument<string>("service") { Description = "The service that changed." };
        var affects = Affects();
        var subject = Inputs.Required("--ref", "What went out: a commit, a release.", "ref");
        var environment = Inputs.Required("--environment", "Where, for example production.", "name");
        var at = Inputs.Moment("--at", "When; now when absent.", shell);
        var team = Inputs.Optional("--team", "The team that changed it; the service's own when absent.", "team");
        var kind = Inputs.Optional("--class", "Class of the change, for example config.", "word");
        var rollback = new Option<bool>("--rollback") { Description = "It takes an earlier one back." };
        var command = new Command("record", "Tell that a version went out, or came back.")
        {
            service,
            subject,
            environment,
            at,
            affects,
            team,
            kind,
            rollback,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var deploy = new RecordDeploy(
                    given.GetRequiredValue(service),
                    given.GetRequiredValue(subject),
                    given.GetRequiredValue(environment),
                    given.GetValue(at),
                    given.GetValue(affects) is { Length: > 0 } felt ? felt : null,
                    given.GetValue(team),
                    given.GetValue(kind),
                    given.GetValue(rollback)
                );
                return session.Show(await session.Door.Gates.Record(deploy, stop: stop), GatePictures.Deployed);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var service = Inputs.Optional("--service", "Only what this service may feel; all when absent.", "service");
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "What went out, newest first.") { service, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Deploys(
                        given.GetValue(service),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    GatePictures.Deploys
                )
        );
        return command;
    }

    private static Option<string[]> Affects() =>
        new("--affects")
        {
            Description = "Another service whose users may feel it; may be given several times.",
            HelpName = "service",
        };
}
