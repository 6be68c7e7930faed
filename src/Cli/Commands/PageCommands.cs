using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady page</c>: pages, and asking for one.</summary>
internal static class PageCommands
{
    public static Command Create(Shell shell) =>
        new("page", "Pages: who was paged, and what became of it.") { List(shell), Send(shell) };

    private static Command List(Shell shell)
    {
        var person = Inputs.Optional("--person", "Only this person's.", "person");
        var status = Inputs.Optional("--status", "waiting, delivered, failed or dropped.", "status");
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "Pages, newest first.") { person, status, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Paging.Pages(
                        given.GetValue(status),
                        given.GetValue(person),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    EscalationPictures.Pages
                )
        );
        return command;
    }

    private static Command Send(Shell shell)
    {
        var incident = Inputs.Incident();
        var contact = Inputs.Optional("--contact", "A person, or a room of a team.", "contact");
        var schedule = Inputs.Optional("--schedule", "Whoever is on call in it.", "schedule");
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("send", "Page somebody for an incident, whatever its escalation does.")
        {
            incident,
            contact,
            schedule,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var found = await session.Door.Incidents.Get(given.GetRequiredValue(incident), stop);
                var wish = new PageSomebody(
                    given.GetRequiredValue(reason),
                    given.GetValue(schedule),
                    given.GetValue(contact)
                );
                return session.Show(
                    await session.Door.Paging.Send(found.Id, wish, stop: stop),
                    EscalationPictures.Pages
                );
            }
        );
        return command;
    }
}

/// <summary><c>steady contact</c>: how people are paged.</summary>
internal static class ContactCommands
{
    public static Command Create(Shell shell) =>
        new("contact", "Contacts: how people, and rooms of teams, are paged.")
        {
            List(shell),
            Show(shell),
            Apply(shell),
            Test(shell),
        };

    private static Command List(Shell shell)
    {
        var command = new Command("list", "All contacts.");
        shell.Handle(
            command,
            async (_, session, stop) =>
                session.Show(await session.Door.Paging.Contacts(stop), EscalationPictures.Contacts)
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var contact = Contact();
        var command = new Command("show", "How somebody is paged. Addresses are not shown.") { contact };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Paging.Contact(given.GetRequiredValue(contact), stop),
                    EscalationPictures.Contact
                )
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var (contact, file) = (Contact(), Inputs.File());
        var command = new Command("apply", "Set how somebody is paged to what a document says, as a whole.")
        {
            contact,
            file,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(contact);
                var document = Documents.Read<SetContact>(given.GetRequiredValue(file), "contact");
                await session.Door.Paging.SetContact(name, document, stop: stop);
                return session.Show(await session.Door.Paging.Contact(name, stop), EscalationPictures.Contact);
            }
        );
        return command;
    }

    private static Command Test(Shell shell)
    {
        var (contact, channel) = (Contact(), new Argument<string>("channel") { Description = "The channel, by name." });
        var command = new Command("test", "Send a test page over one channel, and wait for what comes of it.")
        {
            contact,
            channel,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(contact);
                var page = await session.Door.Paging.Test(name, new TestChannel(given.GetRequiredValue(channel)), stop);
                // The first attempt takes 15 s at the most; what is tried again after that is told as waiting.
                var end = shell.Clock.GetUtcNow().AddSeconds(20);
                while (page is { Status: PageStatus.Waiting, Result: null } && shell.Clock.GetUtcNow() < end)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(250), shell.Clock, stop);
                    page = await session.Door.Paging.Page(page.Id, stop);
                }

                return session.Show(page, EscalationPictures.Tested);
            }
        );
        return command;
    }

    private static Argument<string> Contact() => new("contact") { Description = "The person or room, by name." };
}
