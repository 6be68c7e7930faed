using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Of a private incident, who has no part in it finds no trace: by every route that there is, over HTTP on the real servers.</summary>
public sealed class PrivateDoorTests(PrivateStage stage) : IClassFixture<PrivateStage>
{
    // What these tell of incidents is nothing; a new route must be guarded, take Sight, or stand here with its reason.
    private static readonly string[] Silent =
    [
        "/v1/severities", // a document
        "/v1/alerts", // an alert does not say which incident it joined
        "/v1/alert-routes",
        "/v1/alert-grouping",
        "/v1/silences",
        "/v1/integrations",
        "/v1/catalog",
        "/v1/status", // private incidents are not in it, for nobody: StatusTests
        "/v1/schedules",
        "/v1/on-call",
        "/v1/swaps",
        "/v1/calendar",
        "/v1/escalation-policies",
        "/v1/contacts",
        "/v1/feed", // below
        "/v1/timeline/proof", // hashes over everything
        "/v1/people/", // administrators destroy what somebody wrote
        "/v1/timeline/complete", // words of the language
        "/v1/timeline/views", // queries that are kept: words, no answers
        "/v1/intake", // senders hear of their alerts only; Slack below
        "/v2/",
        "/v1/postmortems/preview", // stores and reads nothing
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_route_is_guarded_or_asks_who_may_see_or_tells_nothing_of_incidents()
    {
        var forgotten = stage
            .Routes()
            .Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => (route.Method, Path: route.Endpoint.RoutePattern.RawText!, route.Endpoint))
            .Where(route => !route.Path.StartsWith(SightEndpoint.Doors, StringComparison.Ordinal))
            .Where(route => !Silent.Any(prefix => route.Path.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(route => (route.Method, route.Path) is not ("POST", "/v1/incidents"))
            .Where(route => !Asks(route.Endpoint))
            .Select(route => $"{route.Method} {route.Path}");
        Assert.Empty(forgotten);

        static bool Asks(RouteEndpoint endpoint) =>
            endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(one => one.ParameterType == typeof(Sight))
                is true;
    }

    [Fact]
    public async Task Every_door_of_it_answers_as_if_there_were_none()
    {
        var incident = await stage.Told();
        var (id, number) = ($"{incident.Id}", $"INC-{incident.Number}");
        var (noId, noNumber) = (PrivateStage.Nothing, "INC-987654321");
        var doors = stage
            .Routes()
            .Where(route =>
                route.Endpoint.RoutePattern.RawText!.StartsWith(SightEndpoint.Doors, StringComparison.Ordinal)
            )
            .ToList();
        foreach (var (method, endpoint) in doors)
        {
            await Alike(method, endpoint, id, noId);
            if (!endpoint.RoutePattern.RawText!.Contains("{id:guid}", StringComparison.Ordinal))
                await Alike(method, endpoint, number, noNumber);
        }

        // It is the right that makes the difference: whoever has a part finds something behind each door.
        foreach (var (method, endpoint) in doors.Where(door => door.Method == "GET"))
            Assert.DoesNotContain(
                "There is no incident",
                await PrivateStage.Answer(stage.Bo, method, PrivateStage.Address(endpoint, id), id),
                StringComparison.Ordinal
            );
        Assert.True(doors.Count > 35);

        async Task Alike(string method, RouteEndpoint endpoint, string hidden, string unknown)
        {
            var without = await PrivateStage.Answer(
                stage.Cleo,
                method,
                PrivateStage.Address(endpoint, unknown),
                unknown
            );
            var with = await PrivateStage.Answer(stage.Cleo, method, PrivateStage.Address(endpoint, hidden), hidden);
            Assert.StartsWith("404 ", without, StringComparison.Ordinal);
            Assert.Equal(without, with);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_list_count_or_page_has_a_trace_of_it_whether_it_was_declared_so_or_made_so_later(
        bool declaredSo
    )
    {
        var incident = await stage.Told(declaredSo);
        if (!declaredSo)
            await PrivateStage.Post(stage.Bo, $"incidents/{incident.Id}/privacy", new SetPrivacy(true, "Found out"));
        await Eventually.Holds(
            async () => (await Timeline(stage.Bo, $"incident={incident.Id}")).Count > 12,
            "The timeline of whoever sees it"
        );
        string[] more =
        [
            "/v1/timeline?service=vault",
            "/v1/incidents?service=vault",
            "/v1/incidents?status=resolved",
            "/v1/follow-ups?state=all",
            "/v1/postmortems?state=all",
            "/v1/incident-measures?service=vault",
            "/v1/pages?person=dan",
        ];
        var lists = stage
            .Routes()
            .Where(route => route.Method == "GET" && route.Endpoint.RoutePattern.Parameters.Count == 0)
            .Select(route => route.Endpoint.RoutePattern.RawText!)
            .Where(path =>
                path is not ("/v1/feed" or "/v1/timeline") && !path.StartsWith("/openapi", StringComparison.Ordinal)
            )
            .Concat(more);
        string[] traces =
        [
            PrivateStage.Word,
            $"{incident.Id}",
            $"INC-{incident.Number}\"",
            $"\"number\":{incident.Number},",
        ];
        var seen = 0;
        foreach (var list in lists)
        {
            var theirs = await (await stage.Cleo.GetAsync(list, Stop)).Content.ReadAsStringAsync(Stop);
            Assert.All(traces, trace => Assert.DoesNotContain(trace, theirs, StringComparison.Ordinal));
            var own = await (await stage.Bo.GetAsync(list, Stop)).Content.ReadAsStringAsync(Stop);
            seen += traces.Any(trace => own.Contains(trace, StringComparison.Ordinal)) ? 1 : 0;
        }

        Assert.True(seen >= more.Length, "Bo finds it in each of them");
    }

    [Fact]
    public async Task Its_follow_ups_and_pages_cannot_be_found_changed_or_done()
    {
        var incident = await stage.Told();
        var followUp = Assert.Single(
            (await PrivateStage.Get<Page<FollowUpView>>(stage.Bo, "follow-ups")).Items,
            one => one.SourceId == incident.Id
        );
        var page = (await PrivateStage.Get<EscalationView>(stage.Bo, $"incidents/{incident.Id}/escalation")).Pages[0];
        foreach (var (method, what) in new[] { ("GET", ""), ("POST", "/link"), ("POST", "/complete") })
            await Alike(method, $"/v1/follow-ups/{followUp.Id}{what}", $"{followUp.Id}");
        await Alike("GET", $"/v1/pages/{page.Id}", $"{page.Id}");

        async Task Alike(string method, string address, string id)
        {
            var no = PrivateStage.Nothing;
            Assert.Equal(
                await PrivateStage.Answer(stage.Cleo, method, address.Replace(id, no, StringComparison.Ordinal), no),
                await PrivateStage.Answer(stage.Cleo, method, address, id)
            );
            Assert.StartsWith(
                "404",
                await PrivateStage.Answer(stage.Cleo, method, address, id),
                StringComparison.Ordinal
            );
        }
    }

    private static async Task<IReadOnlyList<TimelineEntry>> Timeline(HttpClient who, string query) =>
        (await PrivateStage.Get<Page<TimelineEntry>>(who, $"timeline?{query}")).Items;
}
