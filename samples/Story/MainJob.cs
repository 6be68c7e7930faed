using System.Globalization;
using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Story;

/// <summary>
/// The main job, end to end: a failing service burns its budget, an incident opens by itself, a game day shows where it
/// breaks. Real requests really fail.
/// </summary>
public sealed class MainJob(Places places, TimeProvider clock) : IDisposable
{
    private const string Objective = "checkout-availability";
    private const string Sli = "checkout-requests";
    private const string Service = "checkout";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(150);

    private readonly People people = new(places);

    private FrontDoor Door => places.Door;
    private RunView? run;
    private BurnAlertSeen? alert;
    private IncidentView? incident;
    private DateTimeOffset beforeAlert;
    private long badBefore;
    private bool runSpent;

    /// <summary>Pages of the console that show what happened; none before it has.</summary>
    public IEnumerable<string> Pages =>
        incident is null || run is null
            ? []
            : [$"/incidents/{incident.Id}", $"/gamedays/{run.Id}", $"/budgets/{Objective}", "/map", "/oncall"];

    public void Dispose() => people.Dispose();

    public IReadOnlyList<Chapter> Chapters =>
        [
            new("People: whose the services are, who is on call, who is paged", people.Introduce),
            new("An objective: 99.9 % of checkouts succeed, over 30 days", DefineObjective),
            new("Counts: a month of history, exactly once, and the shop's own", BringHistory),
            new(
                "A game day: how slow may the ledger get?",
                async (tell, stop) => run = await GameDay.Play(Door.Experiments, places.Checkout, tell, stop)
            ),
            new("The ledger fails: the budget burns", BurnBudget),
            new("An incident opens by itself, and people work on it", WorkOnIncident),
            new("The gate: no deploy while it burns, and one when it is over", AskGate),
            new("The timeline: one story from three services, and what was known when", ReadTimeline),
            new("One trace, from the count that tipped the budget to the page", FollowTrace),
            new("What is learned from it, and when it is tried again", Learn),
        ];

    private async Task DefineObjective(Narrator tell, CancellationToken stop)
    {
        var document = await Places.Sample("objectives", "checkout-availability.yaml", stop);
        var bad = document.Replace("target: 0.999", "target: 1.5", StringComparison.Ordinal);
        var refused = await Refusal(() => Door.Budgets.Apply(bad, stop: stop));
        tell.Expect(
            refused.Findings.Any(f => f.Path == "spec.objectives[0].target"),
            $"A target of 1.5 is refused at {string.Join(", ", refused.Findings.Select(f => f.Path))}: {refused.Findings[0].Message}"
        );
        var objective = await Door.Budgets.Apply(document, stop: stop);
        tell.Expect(
            objective.Target == 0.999m && objective.Sli == Sli,
            $"{objective.Name} is defined: {objective.Target} over {objective.Window} of {objective.Sli}"
        );
        await Door.Budgets.Apply(await Places.Sample("objectives", "ledger-availability.yaml", stop), stop: stop);
    }

    private async Task BringHistory(Narrator tell, CancellationToken stop)
    {
        if (History.IsThere(await Door.Budgets.Budget(Objective, stop)))
            tell.Saw($"A month of history was brought when the story was told before");
        else
            await BringMonth(tell, stop);

        var before = (await Door.Budgets.Budget(Objective, stop)).Good;
        var budget = await Until(tell, "the shop reports its own counts", b => b.Good >= before + 40, Soon, stop);
        badBefore = budget.Bad;
        tell.Expect(
            budget.State == BudgetState.Healthy,
            $"The shop reports live: {budget.Good:N0} good, {budget.Bad:N0} bad, {Percent(budget.Remaining)} of the budget left"
        );
    }

    private async Task BringMonth(Narrator tell, CancellationToken stop)
    {
        var batches = History.Batches(clock.GetUtcNow()).ToList();
        foreach (var batch in batches)
        {
            await Door.Budgets.Record(Sli, batch, stop);
            await Door.Budgets.Record("ledger-requests", batch, stop);
        }

        tell.Saw($"30 days at {History.PerSecond} requests/s brought in, {batches.Count} batches");

        var again = await Door.Budgets.Record(Sli, batches[0], stop);
        tell.Expect(again.Duplicate && again.Accepted == 0, $"The first batch again changes nothing");
        var other = batches[0] with { Buckets = [batches[0].Buckets[0] with { Bad = 7 }] };
        var refused = await Refusal(() => Door.Budgets.Record(Sli, other, stop));
        tell.Expect(refused.Status == 409, $"The same batch with other content is refused: {refused.Detail}");
    }

    private async Task BurnBudget(Narrator tell, CancellationToken stop)
    {
        await Until(tell, "no burn alert is open", b => b.Alerts.Count == 0, Soon, stop);
        await QuietMoment(stop);
        runSpent = (await Door.Budgets.Budget(Objective, stop)).Bad > badBefore;
        beforeAlert = clock.GetUtcNow();
        BudgetStatus budget;
        await using (await Outage.Begin(places, clock, stop))
        {
            tell.Saw($"Every connection from checkout to ledger is reset");
            budget = await Until(tell, "a page-level burn alert opens", HasPage, TimeSpan.FromSeconds(90), stop);
        }

        var open = budget.Alerts.First(a => a.Severity == BurnSeverity.Page);
        alert = new BurnAlertSeen(open.Id, open.OpenedAt);
        var burning = budget.BurnRates.Where(r => r.Window is "5m" or "1h").Select(r => $"{r.Window} {r.Rate:F1}x");
        tell.Saw(
            $"Burn alert after {(open.OpenedAt - beforeAlert).TotalSeconds:F1} s of outage: {open.LongWindow}/{open.ShortWindow} above {open.Factor}x ({string.Join(", ", burning)})"
        );
        tell.Saw($"The outage is over; {budget.Bad:N0} of {budget.AllowedBad:N0} allowed failures are spent");
    }

    // Counts come in buckets of ten seconds: the outage begins in one of its own, so that its failures are not the game day's.
    private async Task QuietMoment(CancellationToken stop)
    {
        var next = (run!.EndedAt!.Value.ToUnixTimeSeconds() / 10 + 1) * 10;
        var wait = DateTimeOffset.FromUnixTimeSeconds(next) - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, stop);
    }

    private async Task WorkOnIncident(Narrator tell, CancellationToken stop)
    {
        var open = await tell.Until(
            "an incident is open on checkout",
            () => Door.Incidents.List("open", Service, stop: stop),
            page => page.Items.Count > 0,
            Soon,
            stop
        );
        tell.Expect(
            open.Items.Count == 1,
            $"One incident, declared by {open.Items[0].DeclaredBy}: INC-{open.Items[0].Number} {open.Items[0].Title}"
        );
        var id = open.Items[0].Id;

        var denied = await Door.Budgets.Ask(Service, Deploy("during the incident"), stop: stop);
        tell.Expect(!denied.Data.Ok, $"A deploy is denied: {denied.Data.Reasons[0]}");

        await Response.Work(id, people, tell, stop);
        incident = await Door.Incidents.Get(id.ToString(), stop);
        tell.Expect(
            incident.Status == IncidentStatus.Resolved,
            $"Acknowledged by {incident.Lead}, raised to SEV-{(int)incident.Severity + 1}, told to customers, mitigated and resolved"
        );

        var budget = await Until(tell, "the spend is put down to its causes", Attributed, Soon, stop);
        tell.Expect(
            budget.Spend.Sum(s => s.Bad) == budget.Bad,
            $"Who spent the budget: {string.Join(" · ", budget.Spend.Select(s => $"{s.Label} {s.Bad:N0} ({Percent(s.ShareOfBudget)})"))}"
        );
    }

    private async Task AskGate(Narrator tell, CancellationToken stop)
    {
        await Until(
            tell,
            "the burn alert closes",
            b => b.Alerts.All(a => a.Severity != BurnSeverity.Page),
            Later,
            stop
        );
        tell.Saw($"Good traffic has diluted the burn: the alert is closed");
        var allowed = await Door.Budgets.Ask(Service, Deploy("after the incident"), stop: stop);
        tell.Expect(allowed.Data.Ok, $"A deploy is allowed: {allowed.Data.Reasons[0]}");
        await Door.Gates.Record(new RecordDeploy(Service, "checkout 2.4.1", "production"), stop: stop);
        var decisions = await Door.Budgets.Decisions(Service, stop: stop);
        tell.Expect(
            decisions.Items.Count >= 3,
            $"{decisions.Items.Count} decisions are kept with their inputs, the game day's among them"
        );
    }

    private async Task ReadTimeline(Narrator tell, CancellationToken stop)
    {
        string[] expected =
        [
            "run-started",
            "fault-injected",
            "rung-judged",
            "fault-reverted",
            "burn-alert-opened",
            "incident-declared",
            "incident-acknowledged",
            "incident-severity-changed",
            "incident-mitigated",
            "incident-resolved",
            "gate-decided",
            "spend-attributed",
            "burn-alert-closed",
        ];
        var page = await tell.Until(
            $"the timeline tells of {string.Join(", ", expected)}",
            () => Door.Incidents.Timeline(incident!.Id.ToString(), limit: 500, stop: stop),
            p => expected.All(kind => p.Items.Any(e => e.Kind == kind)),
            Soon,
            stop
        );
        var times = page.Items.Select(e => e.OccurredAt).ToList();
        tell.Expect(
            times.SequenceEqual(times.Order()),
            $"{page.Items.Count} entries in order, from {string.Join(", ", page.Items.Select(e => e.Source).Distinct())}"
        );
        tell.Expect(
            page.Items.All(e => e.Actor.Length > 0 && e.RecordedAt != default),
            $"Each says who, when it happened and when it was recorded"
        );

        var then = await Door.Incidents.Timeline(incident!.Id.ToString(), beforeAlert, limit: 500, stop: stop);
        tell.Expect(
            then.Items.Count > 0
                && then.Items.Count < page.Items.Count
                && then.Items.All(e => e.Kind != "incident-declared"),
            $"As it was known at {beforeAlert:HH:mm:ss}: {then.Items.Count} entries, and no incident among them"
        );
    }

    private async Task FollowTrace(Narrator tell, CancellationToken stop)
    {
        var page = await Door.Incidents.Timeline(incident!.Id.ToString(), limit: 500, stop: stop);
        var trace = page.Items.First(e => e.Kind == "burn-alert-opened" && e.SubjectId == alert!.Id).TraceId;
        tell.Expect(trace is not null, $"The burn alert happened in trace {trace}");
        if (places.Dashboard is null)
        {
            tell.Saw($"There is no Aspire dashboard on this machine, so nobody can be asked for the trace");
            return;
        }

        string[] expected = ["checkout", "budgets", "incidents", "web"];
        var seen = await tell.Until(
            $"one trace names {string.Join(", ", expected)}",
            () => Traces.Resources(places.Dashboard, trace!, stop),
            resources => expected.All(resources.Contains),
            TimeSpan.FromSeconds(30),
            stop
        );
        tell.Saw($"The Aspire dashboard shows it across {string.Join(" → ", seen)}");
    }

    private async Task Learn(Narrator tell, CancellationToken stop)
    {
        var lessons = new Lessons(places, people, clock);
        await lessons.Learn(incident!.Id, tell, stop);
        await lessons.LookAhead(tell, stop);
    }

    private Task<BudgetStatus> Until(
        Narrator tell,
        string what,
        Func<BudgetStatus, bool> right,
        TimeSpan patience,
        CancellationToken stop
    ) => tell.Until(what, () => Door.Budgets.Budget(Objective, stop), right, patience, stop);

    private static bool HasPage(BudgetStatus budget) => budget.Alerts.Any(a => a.Severity == BurnSeverity.Page);

    // On a busy machine the run breaks on slow answers, before any of the shop's requests has failed: it spent nothing then.
    private bool Attributed(BudgetStatus budget) =>
        budget.Spend.Any(s => s.CauseId == incident!.Id && s.Bad > 0)
        && (!runSpent || budget.Spend.Any(s => s.CauseId == run!.Id));

    private static AskGate Deploy(string when) => new(GateAction.Deploy, $"checkout 2.4.1 {when}", "production");

    private static async Task<ProblemException> Refusal(Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (ProblemException refused)
        {
            return refused;
        }

        throw new NotSeenException("Something that must be refused was accepted.");
    }

    private static string Percent(decimal? share) => share?.ToString("P1", CultureInfo.InvariantCulture) ?? "no data";

    private sealed record BurnAlertSeen(Guid Id, DateTimeOffset OpenedAt);
}
