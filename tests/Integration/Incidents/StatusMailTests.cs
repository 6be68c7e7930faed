using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Status;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>From what customers are told to their mailboxes: a real mail server, and a clock that the test moves.</summary>
public sealed class StatusMailTests : PagingStage
{
    [Fact]
    public async Task Who_says_yes_to_the_first_mail_gets_one_with_each_change_until_one_request_ends_it()
    {
        using var anybody = service!.Client("");
        await Shown("pay", "Payments");
        await Shown("search", "Search");
        await Ask(anybody, "cleo@example.org", "pay");
        var yes = Link(await Mail("Do you want mails", "cleo"));
        // Programs that look for harm open every link of a mail.
        Assert.Contains("<form", await anybody.GetStringAsync(yes, Stop), StringComparison.Ordinal);
        Assert.Equal(0, (await Get<StatusSubscriptions>("status/subscriptions")).Subscribers);
        Assert.Equal(HttpStatusCode.OK, (await anybody.PostAsync(yes, null, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.PostAsync(yes, null, Stop)).StatusCode);

        await Declare("pay");
        await Declare("search");
        await Update("INC-2", "Search is slow.", UpdateAudience.Customers);
        await Update("INC-1", "The cache is cold.", UpdateAudience.Internal);
        await Update("INC-1", "We are looking at payments.", UpdateAudience.Customers);
        var first = await Mail("Payments: Partly out of order (investigating)", "cleo");
        Assert.Contains("We are looking at payments.", first, StringComparison.Ordinal);
        await To("INC-1", "mitigate", new MitigateIncident("Restarted"));
        await Mail("Payments: Works (monitoring)", "cleo");
        await To("INC-1", "resolve", new ResolveIncident("The cache"));
        var over = await Mail("Payments: Works (resolved)", "cleo");
        Assert.DoesNotContain("looking at payments", over, StringComparison.Ordinal);
        Assert.Equal(4, mail!.Mails().Count);
        Assert.All(mail.Mails(), one => Assert.DoesNotContain("cache", one, StringComparison.OrdinalIgnoreCase));

        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", over, StringComparison.Ordinal);
        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.OK, (await anybody.PostAsync(Unsubscribe(over), click, Stop)).StatusCode);
        Assert.Equal(new StatusSubscriptions(0, 0, 0), await Get<StatusSubscriptions>("status/subscriptions"));
        await To("INC-1", "reopen", new ReopenIncident("Again"));
        await Update("INC-1", "It is back.", UpdateAudience.Customers);
        await Eventually.Holds(
            async () =>
                (await anybody.GetStringAsync("/status", Stop)).Contains("It is back.", StringComparison.Ordinal),
            "The page tells it"
        );
        await NothingWaits();
        Assert.Equal(4, mail.Mails().Count);
    }

    [Fact]
    public async Task Nobody_finds_out_who_gets_mails_and_no_mailbox_is_filled()
    {
        using var anybody = service!.Client("");
        await Shown("pay", "Payments");
        await Ask(anybody, "cleo@example.org");
        await anybody.PostAsync(Link(await Mail("Do you want mails", "cleo")), null, Stop);
        var (known, unknown) = (await Ask(anybody, "CLEO@example.org"), await Ask(anybody, "nobody@example.org"));
        Assert.Equal(unknown, known);
        await Eventually.Holds(() => mail!.Mails().Count == 3, "Both are asked");
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal(unknown, await Ask(anybody, "nobody@example.org"));
        await NothingWaits();
        Assert.Equal(3, mail!.Mails().Count);
        // A link that was made up ends nothing, and says nothing.
        var made = new string('0', 64);
        var end = $"/status/subscriptions/unsubscribe?token={made}";
        Assert.Equal(HttpStatusCode.OK, (await anybody.PostAsync(end, null, Stop)).StatusCode);
        Assert.Equal(1, (await Get<StatusSubscriptions>("status/subscriptions")).Subscribers);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < SubscriptionsEndpoint.PerSource; i++)
        {
            var body = new SubscribeToStatus($"{i}@example.org");
            using var answer = await anybody.PostAsJsonAsync("/status/subscriptions", body, Json.Options, Stop);
            answers.Add(answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task Addresses_are_sealed_and_are_gone_when_they_are_not_wanted_or_to_be_forgotten()
    {
        using var anybody = service!.Client("");
        await Shown("pay", "Payments");
        await Ask(anybody, "cleo@example.org");
        await Mail("Do you want mails", "cleo");
        Assert.Equal((1, 0), await Rows());
        // At 24 h nobody has said yes.
        clock.Move(Subscribing.Kept + TimeSpan.FromMinutes(1));
        await Eventually.Holds(async () => await Rows() == (0, 0), "The wish is forgotten");

        await Ask(anybody, "dan@example.org");
        await anybody.PostAsync(Link(await Mail("Do you want mails", "dan")), null, Stop);
        Assert.Equal((0, 1), await Rows());
        var stored = await Text("select string_agg(data::text, ' ') from incidents.mt_doc_statussubscriber");
        Assert.DoesNotContain("dan", stored, StringComparison.Ordinal);
        Assert.Contains("sealed:", stored, StringComparison.Ordinal);
        await Write("status/subscriptions/forget", new ForgetStatusSubscriber("Dan@example.org"));
        Assert.Equal((0, 0), await Rows());
    }

    // What is not sent yet when it must be kept secret is not sent at all.
    [Fact]
    public async Task A_mail_that_the_server_did_not_take_is_sent_when_it_does_once_and_not_when_it_is_secret_by_then()
    {
        using var anybody = service!.Client("");
        await Shown("pay", "Payments");
        await Ask(anybody, "cleo@example.org");
        await anybody.PostAsync(Link(await Mail("Do you want mails", "cleo")), null, Stop);
        await Declare("pay");
        await Declare("pay");
        await mail!.DisposeAsync();
        await Update("INC-1", "We are looking at payments.", UpdateAudience.Customers);
        await Update("INC-2", "Nobody should know.", UpdateAudience.Customers);
        await Eventually.Holds(async () => await Tried() == 2, "Both were tried");
        await To("INC-2", "privacy", new SetPrivacy(true, "Found out"));
        // It goes in the middle of a mail: what had taken it is dead.
        await service.DisposeAsync();
        mail = await MailServer.Start(mail.Port);
        clock.Move(TimeSpan.FromHours(1));
        await Start();

        await Mail("Payments: Partly out of order (investigating)", "cleo");
        await NothingWaits();
        Assert.Contains("We are looking at payments.", Assert.Single(mail.Mails()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_said_by_field_and_without_an_address_of_the_page_nothing_is_asked()
    {
        using var anybody = service!.Client("");
        await Shown("pay", "Payments");
        await Eventually.Holds(
            async () => (await anybody.GetStringAsync("/status", Stop)).Contains("Payments", StringComparison.Ordinal),
            "The page knows it"
        );
        Assert.Contains("<form", await anybody.GetStringAsync("/status", Stop), StringComparison.Ordinal);
        foreach (
            var (body, field) in new[]
            {
                (new SubscribeToStatus("cleo"), "email"),
                (new SubscribeToStatus("cleo@example.org\r\nBcc: all@example.org"), "email"),
                (new SubscribeToStatus("cleo@example.org", ["pay", "ledger"]), "components"),
            }
        )
        {
            using var answer = await anybody.PostAsJsonAsync("/status/subscriptions", body, Json.Options, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
        }

        using var form = new FormUrlEncodedContent([new("email", "cleo@example.org"), new("components", "pay")]);
        using var page = await anybody.PostAsync("/status/subscriptions", form, Stop);
        Assert.Equal(
            (HttpStatusCode.Accepted, "text/html"),
            (page.StatusCode, page.Content.Headers.ContentType!.MediaType)
        );
        Assert.Contains("about Payments", await Mail("Do you want mails", "cleo"), StringComparison.Ordinal);

        await service.DisposeAsync();
        settings.Remove("Paging:Console");
        await Start();
        using var later = service!.Client("");
        using var off = await later.PostAsJsonAsync(
            "/status/subscriptions",
            new SubscribeToStatus("x@example.org"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.Conflict, off.StatusCode);
        Assert.DoesNotContain("<form", await later.GetStringAsync("/status", Stop), StringComparison.Ordinal);
    }

    // The page is known anew after two seconds at most.
    private async Task Shown(string name, string title)
    {
        await Put($"catalog/component/{name}", new SetCatalogEntry(title, IsPublic: true));
        using var anybody = service!.Client("");
        await Eventually.Holds(
            async () => (await anybody.GetStringAsync("/status", Stop)).Contains(title, StringComparison.Ordinal),
            $"{title} stands on the page"
        );
    }

    private Task Update(string incident, string text, UpdateAudience audience) =>
        To(incident, "updates", new PostUpdate(text, audience));

    private async Task To(string incident, string what, object command) =>
        await Write($"incidents/{(await Get<IncidentView>($"incidents/{incident}")).Id}/{what}", command);

    private static async Task<string> Ask(HttpClient who, string email, params string[] components)
    {
        var body = new SubscribeToStatus(email, components);
        using var answer = await who.PostAsJsonAsync("/status/subscriptions", body, Json.Options, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return text;
    }

    private async Task<string> Mail(string subject, string to)
    {
        var found = await Eventually.Answers(
            () => Task.FromResult(mail!.Mails().Select(MailServer.Plain).Where(Is).ToList()),
            all => all.Count > 0
        );
        return Assert.Single(found);

        bool Is(string one) =>
            one.Contains(subject, StringComparison.Ordinal)
            && one.Contains($"To: {to}@example.org", StringComparison.Ordinal);
    }

    private Task NothingWaits() =>
        Eventually.Holds(
            async () => (await Get<StatusSubscriptions>("status/subscriptions")).Waiting == 0,
            "No mail waits"
        );

    private async Task<(long Wishes, long Subscribers)> Rows() =>
        (
            await Number("select count(*) from incidents.mt_doc_statuswish"),
            await Number("select count(*) from incidents.mt_doc_statussubscriber")
        );

    private Task<long> Tried() =>
        Number("select count(*) from incidents.mt_doc_statusmail where (data ->> 'attempts')::int > 0");

    private async Task<long> Number(string sql) => (long)(await Scalar(sql))!;

    private async Task<string> Text(string sql) => (string)(await Scalar(sql))!;

    private async Task<object?> Scalar(string sql)
    {
        await using var command = service!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }

    private static string Link(string text) => Path(text, "confirm");

    private static string Unsubscribe(string text) => Path(text, "unsubscribe");

    private static string Path(string text, string what)
    {
        var found = Regex.Match(
            text.Replace("=3D", "=", StringComparison.Ordinal),
            $"https://steady.example.org(/status/subscriptions/{what}\\?token=[0-9a-f]{{64}})"
        );
        Assert.True(found.Success, text);
        return found.Groups[1].Value;
    }
}
