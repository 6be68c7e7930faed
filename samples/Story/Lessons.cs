using System.Globalization;
using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;

namespace Steady.Story;

/// <summary>What is learned from an incident: told, written down, read by somebody else, and tried again on a game day.</summary>
public sealed class Lessons(Places places, People people, TimeProvider clock)
{
    private static readonly Dictionary<string, string> KeyMoments = new()
    {
        ["run-concluded"] = "The game day had just shown that checkout breaks when the ledger is slow.",
        ["burn-alert-opened"] = "The first anybody heard of it was the error budget.",
        ["incident-mitigated"] = "From here on people could buy again.",
    };

    private static readonly (string Section, string Text)[] Sections =
    [
        (
            "summary",
            "Every connection from checkout to the ledger was **reset**, so no checkout succeeded until they were let through again."
        ),
        ("impact", "Whoever wanted to buy got an error and had to come back. Nothing was booked twice."),
        (
            "detection",
            "The burn alert of `checkout-availability`. A check of the connections themselves would have been earlier."
        ),
        ("went-well", "- The page reached whoever was on call within a second.\n- The gate kept a deploy out of it."),
        (
            "contributing-factors",
            "- Checkout has one way to the ledger, and no second try.\n- Nothing watches the edge between the two."
        ),
        ("lessons", "Checkout should let go of a ledger that does not answer, and say so to the customer."),
    ];

    public async Task Learn(Guid incident, Narrator tell, CancellationToken stop)
    {
        var (id, mine) = ($"{incident}", await people.As(people.OnCall, stop));
        await Tell(id, mine, stop);
        await mine.Postmortems.Start(id, stop);
        foreach (var (section, text) in Sections)
            await mine.Postmortems.Write(id, section, new WriteSection(text), stop);
        await mine.Postmortems.Ask(
            id,
            new OpenActionItem(
                "Checkout tries the ledger once more before it gives up.",
                people.Colleague,
                DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(14)
            ),
            stop: stop
        );
        await mine.Postmortems.Submit(id, stop);
        var theirs = await people.As(people.Colleague, stop);
        await theirs.Postmortems.Review(id, new ReviewPostmortem("Short, and true."), stop: stop);
        await theirs.Postmortems.Publish(id, stop: stop);
        var postmortem = await mine.Postmortems.Get(id, stop);
        tell.Expect(
            postmortem.State == PostmortemState.Published,
            $"The postmortem is written by {people.OnCall}, read and published by {people.Colleague}"
        );
    }

    public async Task LookAhead(Narrator tell, CancellationToken stop)
    {
        var door = places.Door;
        var shop = await door.Budgets.ApplyComposite(
            "shop",
            await Places.Sample("composites", "shop.json", stop),
            stop
        );
        tell.Saw($"A composite of checkout and ledger: {shop.DisplayName}");
        await door.Budgets.LogToil(
            new RecordToil(
                People.Team,
                clock.GetUtcNow().AddMinutes(-40),
                25,
                ToilKind.Ticket,
                people.Colleague,
                "OPS-204"
            ),
            stop: stop
        );
        var day = NextWorkingDay();
        var plan = await Places.Sample("gamedays", "slow-ledger-again.yaml", stop);
        var planned = await door.GameDays.Plan(plan.Replace("2027-01-19", day, StringComparison.Ordinal), stop: stop);
        tell.Expect(
            !planned.Ready,
            $"The next game day is planned for {day}: {planned.Readiness.Count(r => !r.Ready)} things are still missing"
        );
    }

    private static async Task Tell(string incident, FrontDoor door, CancellationToken stop)
    {
        var entries = (await door.Incidents.Timeline(incident, limit: 500, stop: stop)).Items;
        foreach (var (kind, words) in KeyMoments)
            await door.Postmortems.Tell(incident, entries.Last(e => e.Kind == kind).Id, new TellMoment(words), stop);
    }

    private string NextWorkingDay()
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(7);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        return day.ToString("O", CultureInfo.InvariantCulture);
    }
}
