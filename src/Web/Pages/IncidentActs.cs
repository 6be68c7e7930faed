using Steady.Contracts.Incidents;

namespace Steady.Web.Pages;

/// <summary>What the forms of an incident's page ask the service for.</summary>
public static class IncidentActs
{
    /// <summary>Null for what is no form of the page.</summary>
    public static Task? Do(Apis apis, Filled form, CancellationToken stop)
    {
        var id = form.Id("incident") ?? Guid.Empty;
        return Turn(apis, id, form, stop)
            ?? People(apis, id, form, stop)
            ?? Privacy(apis, id, form, stop)
            ?? Work(apis, id, form, stop)
            ?? Page(apis, id, form, stop);
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
            "note" => incidents.AddNote(id, new AddNote(text, form.Moment("at")), stop: stop),
            "accept" => incidents.Accept(id, stop: stop),
            "decline" => incidents.Decline(id, new DeclineIncident(text), version, stop),
            "merge" => incidents.Merge(id, new MergeIncident(form.Text("into"), text), version, stop),
            "moment" => incidents.StateTimestamp(
                id,
                new StateTimestamp(form.One<IncidentMoment>("moment") ?? default, form.Moment("at"), text),
                stop: stop
            ),
            "reopen" => incidents.Reopen(id, new ReopenIncident(text), version, stop),
            "close" => incidents.Close(id, version, stop),
            "mitigate" => incidents.Mitigate(id, new MitigateIncident(text), version, stop),
            "resolve" => incidents.Resolve(id, new ResolveIncident(text), version, stop),
            _ => null,
        };
    }

    private static Task? People(Apis apis, Guid id, Filled form, CancellationToken stop)
    {
        var (incidents, text, person) = (apis.Incidents, form.Text("text"), form.Text("person"));
        var (role, handover) = (form.One<IncidentRole>("role") ?? default, form.Id("handover") ?? Guid.Empty);
        return form.What switch
        {
            "role" => incidents.AssignRole(id, new StaffRole(role, person), stop),
            "release" => incidents.ReleaseRole(id, new StaffRole(role, person), stop),
            "offer" => incidents.OfferHandover(
                id,
                new OfferHandover(role, person, form.Given("text"), (int)(form.Number("minutes") ?? 0)),
                stop
            ),
            "confirm" => incidents.ConfirmHandover(id, handover, stop),
            "refuse" => incidents.DeclineHandover(id, handover, new DeclineHandover(text), stop),
            "withdraw" => incidents.WithdrawHandover(id, handover, stop),
            _ => null,
        };
    }

    private static Task? Privacy(Apis apis, Guid id, Filled form, CancellationToken stop)
    {
        var (incidents, text, person) = (apis.Incidents, form.Text("text"), form.Text("person"));
        return form.What switch
        {
            "hide" => incidents.SetPrivacy(id, new SetPrivacy(true, text), stop),
            "publish" => incidents.SetPrivacy(id, new SetPrivacy(false, text), stop),
            "invite" => incidents.ChangePeople(id, new ChangePeople(text, Add: [person]), stop),
            "remove" => incidents.ChangePeople(id, new ChangePeople(text, Remove: [person]), stop),
            _ => null,
        };
    }

    private static Task? Work(Apis apis, Guid id, Filled form, CancellationToken stop)
    {
        var (incidents, text, task) = (apis.Incidents, form.Text("text"), (int)(form.Number("task") ?? 0));
        var (owner, due, link) = (form.Given("owner"), form.Moment("due"), form.Given("link"));
        var followUp = form.Id("follow-up") ?? Guid.Empty;
        return form.What switch
        {
            "update" => incidents.PostUpdate(
                id,
                new PostUpdate(
                    text,
                    form.One<UpdateAudience>("audience") ?? UpdateAudience.Internal,
                    (int?)form.Number("minutes")
                ),
                stop
            ),
            "task" => incidents.AddTask(id, new AddTask(text, owner, due, link), stop),
            "task-change" => incidents.ChangeTask(id, task, new ChangeTask(owner, due, link), stop),
            "task-done" => incidents.FinishTask(id, task, new FinishTask(form.Given("text")), stop),
            "follow-up-done" => incidents.CompleteFollowUp(followUp, new CompleteFollowUp(text), stop),
            "follow-up-link" => incidents.LinkFollowUp(followUp, new LinkFollowUp(link), stop),
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
