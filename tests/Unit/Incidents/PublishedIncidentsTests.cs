using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Unit.Incidents;

// What was measured of incidents that companies have published.
public sealed partial class TimestampsTests
{
    // Moments of seven published incidents, and what was measured by hand of them. Facts, from the companies' own reports;
    // null where a report gives no such moment.
    [Theory]
    [InlineData(
        "2017-01-31T18:00:00Z",
        "2017-01-31T18:00:00Z",
        null,
        null,
        "2017-02-01T17:00:00Z",
        "2017-02-01T18:00:00Z",
        0,
        null,
        82800,
        86400
    )]
    [InlineData(
        "2018-10-21T22:52:00Z",
        "2018-10-21T22:54:00Z",
        null,
        "2018-10-21T23:09:00Z",
        "2018-10-22T16:24:00Z",
        "2018-10-22T23:03:00Z",
        120,
        900,
        63120,
        87060
    )]
    [InlineData(
        "2019-07-02T13:42:00Z",
        "2019-07-02T13:45:00Z",
        null,
        null,
        "2019-07-02T14:09:00Z",
        "2019-07-02T14:52:00Z",
        180,
        null,
        1620,
        4200
    )]
    [InlineData(
        "2025-11-18T11:28:00Z",
        "2025-11-18T11:31:00Z",
        "2025-11-18T11:32:00Z",
        "2025-11-18T11:35:00Z",
        "2025-11-18T14:30:00Z",
        "2025-11-18T17:06:00Z",
        180,
        240,
        10920,
        20280
    )]
    [InlineData(
        "2017-02-28T17:37:00Z",
        null,
        null,
        null,
        "2017-02-28T21:18:00Z",
        "2017-02-28T21:54:00Z",
        null,
        null,
        13260,
        15420
    )]
    [InlineData(
        "2023-03-08T06:00:00Z",
        null,
        null,
        null,
        "2023-03-09T08:58:00Z",
        "2023-03-10T06:25:00Z",
        null,
        null,
        97080,
        174300
    )]
    [InlineData(
        "2015-10-21T14:54:00Z",
        "2015-10-21T14:55:00Z",
        "2015-10-21T14:58:00Z",
        "2015-10-21T15:01:00Z",
        "2015-10-21T15:36:00Z",
        "2015-10-21T16:00:00Z",
        60,
        360,
        2520,
        3960
    )]
    public void Published_incidents_measure_as_they_were_measured_by_hand(
        string started,
        string? detected,
        string? acknowledged,
        string? declared,
        string mitigated,
        string resolved,
        int? detect,
        int? declare,
        int mitigate,
        int resolve
    )
    {
        var known = new (IncidentMoment Moment, string? At)[]
        {
            (IncidentMoment.ImpactStarted, started),
            (IncidentMoment.Detected, detected),
            (IncidentMoment.Acknowledged, acknowledged),
            (IncidentMoment.Declared, declared),
            (IncidentMoment.Mitigated, mitigated),
            (IncidentMoment.Resolved, resolved),
        };
        var said = known
            .Where(one => one.At is not null)
            .Select(one => (object)Say(one.Moment, DateTimeOffset.Parse(one.At!, null), "ana"));
        var told = Told([.. said]);
        Assert.Equal(detect, Of(told, MeasureName.TimeToDetect).Seconds);
        Assert.Equal(declare, Of(told, MeasureName.TimeToDeclare).Seconds);
        Assert.Equal(mitigate, Of(told, MeasureName.TimeToMitigate).Seconds);
        Assert.Equal(resolve, Of(told, MeasureName.TimeToResolve).Seconds);
    }
}
