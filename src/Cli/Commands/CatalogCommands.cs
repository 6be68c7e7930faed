using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady catalog</c>: services, teams and what they need.</summary>
internal static class CatalogCommands
{
    private static readonly Dictionary<string, CatalogKind?> Kinds = Enum.GetValues<CatalogKind>()
        .ToDictionary(kind => $"{kind}".ToLowerInvariant(), kind => (CatalogKind?)kind);

    public static Command Create(Shell shell) =>
        new("catalog", "The catalog: services, teams, and what they need.")
        {
            Apply(shell),
            List(shell),
            Show(shell),
            Remove(shell),
        };

    private static Command Apply(Shell shell)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Documents of Backstage (catalog-info.yaml); - reads them from standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would change." };
        var command = new Command("apply", "Set what documents describe: all of it or nothing.") { files, dry };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var paths = given.GetRequiredValue(files);
                var json = paths is [var only] && Documents.MediaType(only) == "application/json";
                // Lines are counted through all files, as if they were one.
                var text = string.Join("\n---\n", paths.Select(Documents.Read));
                var applied = await session.Door.Catalog.Apply(
                    text,
                    json ? "application/json" : "application/yaml",
                    given.GetValue(dry),
                    stop
                );
                return session.Show(applied, CatalogPictures.Applied);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var kind = Inputs.OneOf("--kind", "Only of this kind", Kinds);
        kind.Required = false;
        var owner = Inputs.Optional("--owner", "Only what belongs to this team.", "team");
        var command = new Command("list", "What there is, by kind and name.") { kind, owner };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Catalog.List(given.GetValue(kind), given.GetValue(owner), stop),
                    CatalogPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var (kind, name) = Entry();
        var known = Inputs.Moment("--known-at", "As it was known then.", shell);
        var command = new Command("show", "One entry: whose it is, what it needs, who needs it.") { kind, name, known };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Catalog.Get(
                        given.GetRequiredValue(kind),
                        given.GetRequiredValue(name),
                        given.GetValue(known),
                        stop
                    ),
                    CatalogPictures.Page
                )
        );
        return command;
    }

    private static Command Remove(Shell shell)
    {
        var (kind, name) = Entry();
        var command = new Command("remove", "Take an entry out; it may be set again.") { kind, name };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Catalog.Remove(given.GetRequiredValue(kind), given.GetRequiredValue(name), stop);
                return session.Show(await session.Door.Catalog.List(stop: stop), CatalogPictures.List);
            }
        );
        return command;
    }

    private static (Argument<CatalogKind> Kind, Argument<string> Name) Entry() =>
        (
            new Argument<CatalogKind>("kind") { Description = $"One of {string.Join(", ", Kinds.Keys)}." },
            new Argument<string>("name") { Description = "The entry, by name." }
        );
}
