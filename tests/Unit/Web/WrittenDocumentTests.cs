using Steady.Contracts.Experiments;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class WrittenDocumentTests
{
    [Fact]
    public void A_document_of_another_name_is_noticed_and_one_that_cannot_be_read_is_left_to_the_service()
    {
        Assert.Equal("january", WrittenDocument.OtherName("december", "name: january\ntitle: x"));
        Assert.Null(WrittenDocument.OtherName("december", """{"name":"december"}"""));
        Assert.Null(WrittenDocument.OtherName(null, "name: january"));
        Assert.Null(WrittenDocument.OtherName("december", "title: x"));
        Assert.Null(WrittenDocument.OtherName("december", "name: ["));
    }

    [Fact]
    public void What_was_sent_before_is_recognised_however_it_is_written()
    {
        var plan = Experiments.GameDays.Plan;
        var text = PlanWriting.Document(plan);
        Assert.True(WrittenDocument.Says(text, plan), text);
        Assert.False(WrittenDocument.Says(text, plan with { Title = "Another" }));
        Assert.Null(WrittenDocument.Read<GameDayPlan>("agenda: soon"));
    }
}
