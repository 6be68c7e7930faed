using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Documents of the settings, between how people write them and how the services take them.</summary>
public sealed class SettingKindTests
{
    [Fact]
    public void What_is_written_out_reads_the_same()
    {
        object[] documents =
        [
            new SetAlertRoutes(
                [new(AlertAction.Declare, Severity.Sev2, ["severity=~\"critical|page\"", "env!~\"test\""], "yes")],
                ["service", "job"],
                "So"
            ),
            new SetAlertGrouping([new(["region", "012"], WindowMinutes: 60), new([], Services: ["on"])], "So"),
            new SetEscalationPolicy(
                ["*"],
                [
                    new(
                        [new(Schedule: "pay: nights"), new(Contact: "ana@example.org")],
                        5,
                        new([Severity.Sev1], [new([DayOfWeek.Monday], "09:00", "24:00")], "Europe/Berlin", 14.4m)
                    ),
                ],
                2,
                30,
                "So"
            ),
            new SetContact([new("phone", ChannelKind.Webhook, AfterMinutes: 3)], "So", "Asia/Tokyo"),
            new SetSchedule(
                "Etc/UTC",
                [new("all", new DateOnly(2026, 11, 2), "09:00", TurnUnit.Week, [new("ana"), new(null)], [4, 3])],
                "So"
            ),
        ];
        foreach (var document in documents)
        {
            var kind = SettingKinds.All.Single(one => one.Document == document.GetType());
            var (read, wrong) = kind.Understand(SettingKind.Write(document), "So");
            Assert.Null(wrong);
            Assert.Equal(
                JsonSerializer.Serialize(document, Json.Options),
                JsonSerializer.Serialize(read, kind.Document, Json.Options)
            );
        }
    }

    [Fact]
    public void What_a_new_one_begins_with_can_be_read()
    {
        var named = SettingKinds.All.Where(kind => kind.Sample is not null).ToList();
        Assert.Equal(3, named.Count);
        Assert.All(named, kind => Assert.NotNull(kind.Understand(Samples.Fresh(kind.Sample!), "So").Document));
    }

    [Theory]
    [InlineData("rules: [", "Line")]
    [InlineData("- by: []", "no members")]
    [InlineData("rules: []\n---\nrules: []", "2 documents")]
    [InlineData("rules: [{by: region}]", "$.rules[0].by")]
    [InlineData("", "")]
    public void What_cannot_be_read_is_said_with_its_place(string text, string said)
    {
        var (document, wrong) = Grouping.Understand(text, "So");
        Assert.Null(document);
        Assert.Contains(said, wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "In the file")]
    [InlineData("In the field", "In the field")]
    public void Why_stands_in_the_document_or_beside_it(string field, string reason)
    {
        var (document, _) = Grouping.Understand("reason: In the file\nrules: []", field);
        Assert.Equal(reason, Assert.IsType<SetAlertGrouping>(document).Reason);
    }

    private static SettingKind Grouping => SettingKinds.All.Single(kind => kind.Path == "alert-grouping");
}
