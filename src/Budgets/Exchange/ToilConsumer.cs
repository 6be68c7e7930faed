using Marten;
using MassTransit;
using Steady.Budgets.Objectives;
using Steady.Budgets.Toil;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Budgets.Exchange;

/// <summary>Hears that an incident is over, and counts the work on it for the teams that operate its service.</summary>
public sealed class ToilConsumer(IDocumentStore store, Streams streams, TimeProvider clock)
    : IConsumer<IncidentResolved>
{
    private static readonly Actor Rule = new("rule:toil");

    public async Task Consume(ConsumeContext<IncidentResolved> context)
    {
        var (incident, stop) = (context.Message, context.CancellationToken);
        var services = (incident.Services ?? [incident.Service]).ToArray();
        await using var session = store.QuerySession();
        // Whose a service is says the catalog; who operates it besides says the team.
        var catalog = await session.LoadManyAsync<CatalogService>(stop, services);
        var owners = catalog.Select(one => one.Team).OfType<string>().Select(ToilTeam.IdOf).ToArray();
        var operators = await session
            .Query<ToilTeam>()
            .Where(team => team.Services.Any(service => service.IsOneOf(services)))
            .ToListAsync(stop);
        var teams = operators.UnionBy(await session.LoadManyAsync<ToilTeam>(stop, owners), team => team.Id);
        foreach (var team in teams)
        {
            var now = clock.Moment();
            await streams.Decide<ToilTeam>(
                team.Id,
                ExpectedVersion.Any,
                Rule,
                current => IncidentWork.Decide(current, incident, now),
                stop
            );
        }
    }
}
