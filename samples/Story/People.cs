using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;

namespace Steady.Story;

/// <summary>Who keeps the shop alive: whose its services are, who is on call, who is paged, and how much time that may take.</summary>
public sealed class People(Places places) : IDisposable
{
    public const string Team = "checkout-sre";
    private const string Schedule = "checkout";
    private const string Zone = "Europe/Berlin";
    private static readonly string[] OnCallInTurn = ["ana", "bo"];
    private readonly List<FrontDoor> opened = [];

    private FrontDoor Door => places.Door;

    /// <summary>Whoever is on call now.</summary>
    public string OnCall { get; private set; } = "";

    /// <summary>The other one.</summary>
    public string Colleague => OnCallInTurn.First(person => person != OnCall);

    public async Task Introduce(Narrator tell, CancellationToken stop)
    {
        var catalog = await Door.Catalog.Apply(await Places.Sample("catalog", "catalog-info.yaml", stop), stop: stop);
        tell.Expect(catalog.Warnings.Count == 0, $"The catalog names {catalog.Entries.Count} services and teams");
        var topology = await Door.Experiments.ApplyTopology(
            "staging",
            await Places.Sample("topologies", "staging.json", stop),
            traced: false,
            stop
        );
        tell.Saw($"In {topology.Environment}, {topology.Edges.Count} services call one another");

        foreach (var person in OnCallInTurn.Append("cleo"))
            await Door.Paging.SetContact(person, Contact, stop: stop);
        await Door.OnCall.Set(Schedule, Turns, stop: stop);
        await Door.Paging.SetPolicy(Schedule, Steps, stop: stop);
        OnCall = (await Door.Incidents.OnCall(Schedule, stop: stop)).Person ?? "";
        tell.Expect(OnCallInTurn.Contains(OnCall), $"{OnCall} is on call, and {Colleague} next week");

        await Door.Budgets.Staff(
            Team,
            new StaffTeam(OnCallInTurn.Length, 40, "checkout-dev", ["checkout", "ledger"], Zone),
            stop
        );
        var policy = await Door.Gates.Apply(
            "production",
            await Places.Sample("gates", "production.yaml", stop),
            stop: stop
        );
        tell.Saw($"The policy {policy.Name} says when checkout and ledger may be deployed");
    }

    /// <summary>The platform as one of them sees it.</summary>
    public async Task<FrontDoor> As(string person, CancellationToken stop)
    {
        var token = await Door.Tokens.Create(
            new CreateToken(
                person,
                ["incidents:read", "incidents:write", "budgets:read", "budgets:write", "experiments:read"],
                ExpiresInDays: 1
            ),
            stop
        );
        opened.Add(new FrontDoor(places.Console.BaseAddress!, token.Token));
        return opened[^1];
    }

    public void Dispose() => opened.ForEach(door => door.Dispose());

    private static SetContact Contact =>
        new([new SetChannel("screen", ChannelKind.Console)], "Pages show in the console.", Zone);

    private static SetSchedule Turns =>
        new(
            Zone,
            [
                new RotationLayer(
                    "first",
                    new DateOnly(2026, 11, 2),
                    "09:00",
                    TurnUnit.Week,
                    [.. OnCallInTurn.Select(person => new RotationMember(person))]
                ),
            ],
            "Two people, a week each."
        );

    private static SetEscalationPolicy Steps =>
        new(
            ["checkout", "ledger"],
            [
                new EscalationStep([new EscalationTarget(Schedule: Schedule)], 5),
                new EscalationStep([new EscalationTarget(Contact: "cleo")], 10),
            ],
            1,
            null,
            "Whoever is on call first, then the store."
        );
}
