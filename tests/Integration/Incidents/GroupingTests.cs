using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Which alerts make one incident, from the door to the board, with a clock that the test moves.</summary>
public sealed class GroupingTests : PagingStage
{
    [Fact]
    public async Task Each_region_has_its_incident_and_what_people_declared_takes_the_others()
    {
        await Put("alert-grouping", new SetAlertGrouping([new(["region"], Services: ["pay"])], "By region"));
        await Fire("pay", "eu", "Slow");
        await Fire("pay", "us", "Slow");
        await Incidents("pay", 2);
        await Fire("pay", "eu", "Down");
        var two = await Incidents("pay", 2);
        Assert.Equal(["region=\"eu\"", "region=\"us\""], two.Select(one => one.GroupedBy).Order());
        var eu = two.Single(one => one.GroupedBy == "region=\"eu\"");
        await TextsOnce($"INC-{eu.Number}", "A further alert joined: Down");
        Assert.DoesNotContain(
            await Texts($"INC-{two.Single(one => one != eu).Number}"),
            one => one.StartsWith("A further alert joined: Down", StringComparison.Ordinal)
        );

        // Another service has no rule, and what people declared is of the service as a whole.
        await Declare("search");
        await Fire("search", "eu", "Slow");
        await Fire("search", "us", "Slow");
        await TextsOnce("INC-3", "A further alert joined: Slow");
        Assert.Single(await Incidents("search", 1));
    }

    // At 0 the first, at 59 min it joins, at 61 min it does not: nobody has resolved the first.
    [Fact]
    public async Task After_its_window_an_incident_takes_no_more_alerts_also_while_it_is_open()
    {
        await Put("alert-grouping", new SetAlertGrouping([new([], WindowMinutes: 60)], "By the hour"));
        await Fire("batch", "eu", "First");
        await Incidents("batch", 1);
        clock.Move(TimeSpan.FromMinutes(59));
        await Fire("batch", "eu", "Second");
        await TextsOnce("INC-1", "A further alert joined: Second");
        clock.Move(TimeSpan.FromMinutes(2));
        await Fire("batch", "eu", "First");
        await Incidents("batch", 2);
    }

    [Fact]
    public async Task Versions_are_kept_a_stale_one_is_refused_and_rules_are_tried_without_being_set()
    {
        await Fire("pay", "eu", "Slow");
        await Fire("pay", "us", "Slow");
        await Incidents("pay", 1);
        var wish = new TryAlertGrouping([new(["region"])]);
        using var tried = await Ana.PostAsJsonAsync("/v1/alert-grouping/preview", wish, Json.Options, Stop);
        var preview = await tried.Content.ReadFromJsonAsync<AlertGroupingPreview>(Json.Options, Stop);
        Assert.Equal((2, 2, 1), (preview!.Alerts, preview.Incidents, preview.IncidentsNow));
        Assert.Equal(0, (await Get<AlertGroupingView>("alert-grouping")).Version);

        await Put("alert-grouping", new SetAlertGrouping([new(["region"])], "By region"));
        await Put("alert-grouping", new SetAlertGrouping([], "As before"));
        Assert.Equal(
            [(2, "As before"), (1, "By region")],
            (await Get<Page<AlertGroupingView>>("alert-grouping/history")).Items.Select(one =>
                (one.Version, one.Reason)
            )
        );
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/alert-grouping");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Content = JsonContent.Create(new SetAlertGrouping([], "Late"), options: Json.Options);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Ana.SendAsync(request, Stop)).StatusCode);
        var wrong = new SetAlertGrouping([new([], ["team"])], "Wrong");
        using var refused = await Ana.PutAsJsonAsync("/v1/alert-grouping", wrong, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "rules[0].matchers[0]",
            await refused.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
    }

    private Task Fire(string service, string region, string name) =>
        Write(
            "intake/prod/alertmanager",
            new
            {
                version = "4",
                alerts = new[]
                {
                    new
                    {
                        status = "firing",
                        labels = new
                        {
                            alertname = name,
                            severity = "critical",
                            service,
                            region,
                        },
                        annotations = new { summary = "It hurts" },
                        startsAt = clock.GetUtcNow(),
                    },
                },
            }
        );

    private async Task<IReadOnlyList<IncidentView>> Incidents(string service, int count) =>
        (
            await Eventually.Answers(
                () => Get<Page<IncidentView>>($"incidents?service={service}"),
                page => page.Items.Count == count
            )
        ).Items;
}
