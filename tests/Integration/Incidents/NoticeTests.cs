using System.Net;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>People hear of what changes their time on call, by a real mail server and a real webhook.</summary>
public sealed class NoticeTests : PagingStage
{
    private static readonly DateTimeOffset Monday = new(2099, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_is_asked_to_swap_hears_of_it_and_who_asked_hears_the_answer()
    {
        await People();
        using var bo = service!.Client("incidents:write", actor: "bo");
        await Put("schedules/nights", Weekly("ana", "bo"));
        await Mails("bo", 1);
        await Write("schedules/nights/swaps", new ProposeSwap("bo", Of(7), Of(0), "Concert"));
        var asked = (await Mails("bo", 2)).Single(one => one.Contains("asks you", StringComparison.Ordinal));
        Assert.Contains(
            "ana asks you to swap in nights: you take 2099-01-12 09:00 UTC",
            asked,
            StringComparison.Ordinal
        );
        Assert.Contains("See it: https://steady.example.org/oncall", asked, StringComparison.Ordinal);
        var swap = Assert.Single((await Get<ScheduleView>("schedules/nights")).Swaps);
        using var yes = await bo.PostAsync($"/v1/schedules/nights/swaps/{swap.Id}/accept", null, Stop);
        Assert.Equal(HttpStatusCode.NoContent, yes.StatusCode);
        Assert.Contains("bo said yes to your swap", Assert.Single(await Mails("ana", 1)), StringComparison.Ordinal);

        // In the console too, whether the contact has it or not; and saying it twice tells it once.
        using var again = await bo.PostAsync($"/v1/schedules/nights/swaps/{swap.Id}/accept", null, Stop);
        var shown = (await Get<Page<PageView>>("pages?person=ana")).Items;
        Assert.Equal([ChannelKind.Email, ChannelKind.Console], shown.Select(one => one.Kind).Order());
        Assert.All(shown, one => Assert.True(one.Notice));
        Assert.Equal(2, mail!.Mails().Count(one => one.Contains("To: bo@", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_says_no_and_who_takes_the_question_back_are_heard_of()
    {
        await People();
        using var bo = service!.Client("incidents:write", actor: "bo");
        await Put("schedules/nights", Weekly("ana", "bo"));
        foreach (var (who, answer) in new[] { (bo, "decline"), (Ana, "withdraw") })
        {
            await Write("schedules/nights/swaps", new ProposeSwap("bo", Of(7), Of(0), "Concert"));
            var swap = Assert.Single((await Get<ScheduleView>("schedules/nights")).Swaps);
            using var said = await who.PostAsync($"/v1/schedules/nights/swaps/{swap.Id}/{answer}", null, Stop);
            Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
        }

        Assert.Contains("bo said no to your swap", Assert.Single(await Mails("ana", 1)), StringComparison.Ordinal);
        // The schedule, two questions, one of them taken back.
        Assert.Contains(
            await Mails("bo", 4),
            one => one.Contains("ana no longer asks you to swap", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Only_whose_time_changes_hears_of_a_schedule_and_over_the_quietest_channel()
    {
        await People();
        await Put("schedules/nights", Weekly("ana", "bo"));
        await Mails("bo", 1);
        // Nobody's time is changed by a new reason.
        await Put("schedules/nights", Weekly("ana", "bo") with { Reason = "As it was" });
        await Put("schedules/nights", Weekly("ana", "cleo"));
        Assert.Contains("Your time on call in nights changes", (await Mails("bo", 2))[1], StringComparison.Ordinal);
        // Cleo has a pager and no mailbox: it is called only because there is nothing quieter.
        await Eventually.Holds(() => receiver.At("/cleo").Count == 1, "Cleo hears of it");
        Assert.Contains("\"type\":\"notice\"", receiver.At("/cleo")[0].Body, StringComparison.Ordinal);

        var (from, to) = (clock.GetUtcNow().AddDays(1), clock.GetUtcNow().AddDays(3));
        await Write("schedules/nights/overrides", new OverrideSchedule("bo", from, to, "Concert"));
        Assert.Contains("48 h more", (await Mails("bo", 3))[2], StringComparison.Ordinal);
        // The phone is for alarms.
        Assert.Empty(receiver.At("/bo"));
    }

    private async Task People()
    {
        await Contact("ana", new SetChannel("mail", ChannelKind.Email, "ana@example.org"));
        await Contact(
            "bo",
            new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}bo", Secret),
            new SetChannel("mail", ChannelKind.Email, "bo@example.org")
        );
        await Contact("cleo", new SetChannel("phone", ChannelKind.Webhook, $"{receiver.Address}cleo", Secret));
    }

    private static SetSchedule Weekly(params string[] people) =>
        new(
            "Etc/UTC",
            [
                new(
                    "all",
                    new DateOnly(2026, 1, 5),
                    "09:00",
                    TurnUnit.Week,
                    [.. people.Select(one => new RotationMember(one))]
                ),
            ],
            "One week each"
        );

    // Bo has the week of the 5th, Ana that of the 12th.
    private static Stretch Of(int days) => new(Monday.AddDays(days), Monday.AddDays(days + 1));

    // In the order in which they came; a mail program joins the lines that were folded.
    private Task<IReadOnlyList<string>> Mails(string person, int count) =>
        Eventually.Answers<IReadOnlyList<string>>(
            () =>
                Task.FromResult<IReadOnlyList<string>>([
                    .. mail!
                        .Mails()
                        .Where(one => one.Contains($"To: {person}@example.org", StringComparison.Ordinal))
                        .Select(MailServer.Plain),
                ]),
            all => all.Count >= count
        );
}
