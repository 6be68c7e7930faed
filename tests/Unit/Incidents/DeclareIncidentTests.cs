using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using Stored = Steady.Incidents.Response.IncidentDeclared;

namespace Steady.Tests.Unit.Incidents;

public sealed class DeclareIncidentTests
{
    private static readonly DeclareIncident Command = new("checkout", Severity.Sev1, "Nobody can pay");

    [Fact]
    public void It_began_now_unless_said_otherwise() =>
        When(Declaring.Decide(Command, 7, Bo, Now))
            .Then(new Stored(7, "checkout", Severity.Sev1, "Nobody can pay", null, Now, "bo", Now));

    [Fact]
    public void It_may_have_begun_earlier_and_is_kept_in_utc() =>
        When(
                Declaring.Decide(
                    Command with
                    {
                        StartedAt = new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.FromHours(1)),
                    },
                    7,
                    Bo,
                    Now
                )
            )
            .Then(new Stored(7, "checkout", Severity.Sev1, "Nobody can pay", null, Noon, "bo", Now));

    [Fact]
    public void A_clock_half_a_minute_fast_is_forgiven() =>
        Assert.Null(Declaring.Decide(Command with { StartedAt = Now.AddSeconds(30) }, 7, Bo, Now).Refusal);

    [Fact]
    public void It_cannot_begin_in_the_future() =>
        When(Declaring.Decide(Command with { StartedAt = Now.AddMinutes(2) }, 7, Bo, Now)).ThenRefused("in-the-future");
}
