using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady escalation</c>: whom to page, and how the paging for an incident stands.</summary>
internal static class EscalationCommands
{
    public static Command Create(Shell shell) =>
        new("escalation", "Escalation: who is paged for what, one step after the other.")
        {
            List(shell),
            Show(shell),
            Apply(shell),
            Preview(shell),
            Of(shell),
            Hurry(shell),
        };

    private static Command List(Shell shell)
    {
        var command = new Command("list", "All policies.");
        shell.Handle(
            command,
            async (_, session, stop) => session.Show(await session.Door.Paging.Policies(stop), EscalationPictures.List)
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var policy = Policy();
        var command = new Command("show", "A policy: its services and steps.") { policy };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Paging.Policy(given.GetRequiredValue(policy), stop),
                    EscalationPictures.Policy
                )
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var (policy, file) = (Policy(), Inputs.File());
        var command = new Command("apply", "Set a policy to what a document says, as a whole.") { policy, file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(policy);
                var document = Documents.Read<SetEscalationPolicy>(given.GetRequiredValue(file), "escalation policy");
                await session.Door.Paging.SetPolicy(name, document, stop: stop);
                return session.Show(await session.Door.Paging.Policy(name, stop), EscalationPictures.Policy);
            }
        );
        return command;
    }

    private static Command Preview(Shell shell)
    {
        var policy = Policy();
        var severity = Inputs.OneOf("--severity", "For an incident of", IncidentCommands.Severities);
        (severity.Required, severity.DefaultValueFactory) = (false, _ => Severity.Sev1);
        var burn = new Option<decimal?>("--burn")
        {
            Description = "Of a service that burns so much too fast.",
            HelpName = "factor",
        };
        var at = Inputs.Moment("--at", "When; now when absent.", shell);
        var command = new Command("preview", "Whom it would page, and when, while nobody takes the incident.")
        {
            policy,
            severity,
            burn,
            at,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Paging.Preview(
                        given.GetRequiredValue(policy),
                        given.GetValue(severity),
                        given.GetValue(burn),
                        given.GetValue(at),
                        stop
                    ),
                    EscalationPictures.Preview
                )
        );
        return command;
    }

    private static Command Of(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("of", "How an incident's escalation stands: who was paged, and who is next.")
        {
            incident,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Paging.Escalation(given.GetRequiredValue(incident), stop),
                    EscalationPictures.Of
                )
        );
        return command;
    }

    private static Command Hurry(Shell shell)
    {
        var (incident, reason) = (Inputs.Incident(), Inputs.Required("--reason", "Why.", "text"));
        var command = new Command("next", "Take the next step at once; all of them anew when none is left.")
        {
            incident,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(incident);
                var found = await session.Door.Incidents.Get(name, stop);
                await session.Door.Paging.Escalate(
                    found.Id,
                    new EscalateIncident(given.GetRequiredValue(reason)),
                    stop
                );
                return session.Show(await session.Door.Paging.Escalation(name, stop), EscalationPictures.Of);
            }
        );
        return command;
    }

    private static Argument<string> Policy() => new("policy") { Description = "The policy, by name." };
}
