using Steady.Contracts.Incidents;

namespace Steady.Story;

/// <summary>What whoever is on call does, from the page to the end.</summary>
public static class Response
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static async Task Work(Guid incident, People people, Narrator tell, CancellationToken stop)
    {
        var door = await people.As(people.OnCall, stop);
        var pages = await tell.Until(
            $"{people.OnCall} is paged",
            () => door.Paging.Pages(person: people.OnCall, stop: stop),
            found => found.Items.Any(page => page.IncidentId == incident),
            Soon,
            stop
        );
        var page = pages.Items.First(page => page.IncidentId == incident);
        tell.Saw($"{page.Person} is paged at {page.RequestedAt:HH:mm:ss.f}: {page.Because}");

        var work = door.Incidents;
        await work.Acknowledge(incident, stop: stop);
        await work.ChangeSeverity(incident, new ChangeSeverity(Severity.Sev1, "No checkout goes through."), stop: stop);
        await work.PostUpdate(
            incident,
            new PostUpdate("Nobody can buy at the moment. We are working on it.", UpdateAudience.Customers, 30),
            stop
        );
        await work.AddTask(incident, new AddTask("Find out who resets the connections", people.OnCall), stop);
        await work.AddNote(incident, new AddNote("Connections to the ledger are reset at the edge."), stop: stop);
        await work.FinishTask(incident, 1, new FinishTask("The edge between checkout and ledger does."), stop);
        await work.Mitigate(incident, new MitigateIncident("The edge lets connections through again."), stop: stop);
        await work.Resolve(
            incident,
            new ResolveIncident("The edge checkout → ledger reset every connection. The fault is out."),
            stop: stop
        );
    }
}
