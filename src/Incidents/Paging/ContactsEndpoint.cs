using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

/// <summary>How people, and rooms of teams, are paged. Addresses go in and never come out.</summary>
public static class ContactsEndpoint
{
    private const int LongestName = 100;

    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/contacts", List)
            .WithTags("Paging")
            .WithSummary("All contacts, by name, without their addresses")
            .Produces<Page<ContactView>>();
        read.MapGet("/contacts/{name}", Show)
            .WithTags("Paging")
            .WithSummary("How somebody is paged, without addresses")
            .Produces<ContactView>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPut("/contacts/{name}", Set)
            .WithTags("Paging")
            .WithSummary("Sets how somebody is paged, as a whole")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/contacts/{name}/test", Test)
            .WithTags("Paging")
            .WithSummary("Sends a test page over one channel; GET /v1/pages/{id} tells what came of it")
            .Produces<PageView>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> List(IQuerySession session, CancellationToken stop)
    {
        var all = await session.Query<Contact>().OrderBy(one => one.Name).ToListAsync(stop);
        return TypedResults.Ok(new Page<ContactView>([.. all.Select(one => one.View())], null));
    }

    private static async Task<IResult> Show(string name, IQuerySession session, CancellationToken stop) =>
        await session.LoadAsync<Contact>(Contact.IdOf(name), stop) is { } found
            ? found.View().ToView(view => view.Version)
            : Missing(name);

    private static async Task<IResult> Set(
        string name,
        SetContact command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        PageSender sender,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var box = await vault.Box(stop);
        var before = await session.LoadAsync<Contact>(Contact.IdOf(name), stop);
        var channels = (before?.Current.Channels ?? []).Select(one => one.Name).ToList();
        var known = (
            await session.LoadManyAsync<ChannelSecret>(stop, channels.Select(one => ChannelSecret.IdOf(name, one)))
        ).ToDictionary(one => one.Id[(name.Length + 1)..], one => one.Opened(box));
        var wrong = Contacting.Check(command, known, sender.HasMail, sender.Reachable.Refuses).ToList();
        if (name.Length > LongestName)
            wrong.Add(("name", $"A contact's name has at most {LongestName} characters."));
        if (wrong.Count > 0)
            return Refusals.Malformed(
                $"The contact cannot be set so; nothing was changed. {wrong[0].Field}: {wrong[0].Message}",
                wrong
            );
        var secrets = Contacting.Secrets(name, command, known);
        var set = Contacting.Set(name, command, secrets, by, clock.GetUtcNow());
        void Keep(IDocumentSession with)
        {
            with.Store(secrets.Values.Select(one => one.Sealed(box)).ToArray());
            foreach (var gone in known.Where(one => !secrets.ContainsKey(one.Key)))
                with.Delete<ChannelSecret>(gone.Value.Id);
        }

        var id = Contact.IdOf(name);
        var outcome = await streams.Decide<Contact>(id, version, by, _ => [set], stop, with: Keep);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<Contact>(NewStream.Of(id), by, [set], stop, with: Keep)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }

    private static async Task<IResult> Test(
        string name,
        NewStream stream,
        TestChannel command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<Contact>(Contact.IdOf(name), stop) is not { } contact)
            return Missing(name);
        if (contact.Channels().FirstOrDefault(one => one.Name == command.Channel) is not { } channel)
            return Refusals.Malformed(
                $"{name} has no channel '{command.Channel}'. GET /v1/contacts/{name} lists them.",
                [("channel", "Name a channel of this contact.")]
            );
        var now = clock.GetUtcNow();
        var requested = new PageRequested(
            null,
            null,
            "",
            name,
            channel.Name,
            channel.Kind,
            $"{by.Name} tests it",
            now,
            now,
            by.Name
        );
        var outcome = await streams.Start<Page>(stream, by, [requested], stop);
        return await outcome.ToCreated(
            id => $"/v1/pages/{id}",
            async id => (await session.LoadAsync<Page>(id, stop))!.View()
        );
    }

    private static IResult Missing(string name) =>
        Answers.Problem(404, "not-found", $"There is no contact '{name}'. GET /v1/contacts lists them.");
}
