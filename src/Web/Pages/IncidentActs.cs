using Steady.Contracts.Incidents;

namespace Steady.Web.Pages;

/// <summary>What the forms of an incident's page ask the service for.</summary>
public static class IncidentActs
{
    /// <summary>Null for what is no form of the page.</summary>
    public static Task? Do(Apis apis, Filled form, CancellationToken stop)
    {
        var id = form.Id("incident") ?? Guid.Empty;
        return Turn(apis, id, form, stop) ?? Work(apis, id, form, stop) ?? Page(apis, id, form, stop);
    }

    // A note is never too late; what changes the incident is done on what the person saw, or not at all.
    private static Task? Turn(Apis apis, Guid id, Filled form, CancellationToken stop)
    {
        var (incidents, text, version) = (apis.Incidents, form.Text("text"), form.Number("version"));
        return form.What switch
        {
            "acknowledge" => incidents.Acknowledge(id, stop: stop),
            "severity" => incidents.ChangeSeverity(
                id,
                new ChangeSeverity(form.One<Severity>("severity") ?? Severity.Sev3, text),
                version,
                stop
            ),
            "note" => incidents.AddNote(id, new AddNote(text), stop: stop),
            "accept" => incidents.Accept(id, stop: stop),
            "decline" => incidents.Decline(id, new DeclineIncident(text), version, stop),
            "reopen" => incidents.Reopen(id, new ReopenIncident(text), version, stop),
            "close" => incidents.Close(id, version, stop),
            "mitigate" => incidents.Mitigate(id, new MitigateIncident(text), version, stop),
            "resolve" => incidents.Resolve(id, new ResolveIncident(text), version, stop),
            _ => null,
        };
    }

    private static Task? Work(Apis apis, Guid id, Filled form, CancellationToken stop)
    {
        var (incidents, text) = (apis.Incidents, form.Text("text"));
        return form.What switch
        {
            "update" => incidents.PostUpdate(
                id,
                new PostUpdate(text, form.One<UpdateAudience>("audience") ?? UpdateAudience.Internal),
                stop
            ),
            "task" => incidents.AddTask(id, new AddTask(text), stop),
            "task-done" when form.Number("task") is { } number => incidents.FinishTask(
                id,
                (int)number,
                new FinishTask(),
                stop
            ),
            _ => null,
        };
    }

    private static Task? Page(Apis apis, Guid id, Filled form, CancellationToken stop)
    {
        var (paging, text, whom) = (apis.Paging, form.Text("text"), form.Text("whom"));
        return form.What switch
        {
            "escalate" => paging.Escalate(id, new EscalateIncident(text), stop),
            "page" => paging.Send(
                id,
                form.Text("by") == "schedule"
                    ? new PageSomebody(text, Schedule: whom)
                    : new PageSomebody(text, Contact: whom),
                stop: stop
            ),
            _ => null,
        };
    }
}
