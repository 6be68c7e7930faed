using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Incidents.Timeline.Analysis;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Analysis;

/// <summary>
/// Made-up incidents told twice, written down before they were measured and after the measure was chosen: the words that it
/// knows were not picked for them. Each row is the minute, the kind, the fact it tells (0 for one that the other account leaves
/// out) and its words; two rows of one fact always differ by ten minutes or more.
/// </summary>
public sealed class HeldOutTests(ITestOutputHelper output)
{
    private static readonly (int Minute, string Kind, int Fact, string Text)[][][] Incidents =
    [
        [
            [
                (0, "deploy", 0, "version 4.2 of the cart service rolled out to all regions"),
                (6, "alert", 1, "error rate of the cart above 5 percent"),
                (9, "ack", 0, "mara looks at it"),
                (15, "diagnose", 2, "connection pool to the cart database exhausted"),
                (24, "mitigate", 3, "rolled back the cart service to 4.1"),
                (30, "comms", 0, "support was told"),
                (41, "recover", 4, "error rate back to normal"),
            ],
            [
                (17, "symptom", 1, "customers see errors in the cart"),
                (29, "diagnose", 2, "no free database connections left in the pool"),
                (35, "mitigate", 3, "cart reverted to the previous version"),
                (44, "action", 0, "pool size doubled as a precaution"),
                (53, "recover", 4, "cart error rate healthy"),
                (70, "comms", 0, "apology mailed to affected shops"),
            ],
        ],
        [
            [
                (0, "symptom", 5, "TLS certificate of the API gateway expires"),
                (3, "page", 0, "on-call paged by the uptime probe"),
                (8, "declare", 6, "incident declared, lena commands"),
                (20, "action", 7, "new certificate requested from the authority"),
                (35, "action", 8, "certificate installed on the gateways"),
                (37, "recover", 0, "handshakes succeed"),
                (60, "resolve", 9, "closed as resolved"),
            ],
            [
                (11, "symptom", 5, "gateway certificate expired"),
                (21, "declare", 6, "major incident opened"),
                (32, "action", 7, "requested a new cert"),
                (47, "action", 8, "gateways got the new certificate installed"),
                (49, "context", 0, "two partners pin the old certificate"),
                (75, "resolve", 9, "incident resolved after a watch period"),
            ],
        ],
        [
            [
                (0, "context", 0, "nightly batch import starts"),
                (12, "alert", 10, "disk of the search primary 95 percent full"),
                (18, "symptom", 11, "search index stops accepting writes"),
                (25, "action", 12, "old snapshots deleted to free disk space"),
                (33, "decision", 13, "pause the batch import"),
                (50, "recover", 14, "writes to the index accepted again"),
            ],
            [
                (22, "alert", 10, "disk usage alert on the primary search node"),
                (30, "symptom", 11, "index writes rejected"),
                (38, "action", 12, "removed old snapshots"),
                (47, "action", 13, "batch import paused"),
                (61, "recover", 14, "index takes writes again"),
                (90, "action", 0, "volume enlarged"),
            ],
        ],
        [
            [
                (0, "config", 15, "rate limit of the login service lowered by a configuration change"),
                (4, "symptom", 16, "users cannot log in"),
                (10, "hypothesis", 0, "identity provider suspected"),
                (22, "diagnose", 17, "rate limit change found to be the cause"),
                (26, "mitigate", 18, "rate limit restored to the old value"),
                (31, "recover", 0, "logins recover"),
                (45, "comms", 19, "status page says that it is resolved"),
            ],
            [
                (14, "config", 15, "login rate limit changed"),
                (18, "symptom", 16, "login failures reported by users"),
                (34, "diagnose", 17, "cause identified: the lowered rate limit"),
                (41, "mitigate", 18, "old login rate limit put back"),
                (52, "action", 0, "alert on rejected logins added"),
                (58, "comms", 19, "customers told that the incident is resolved"),
            ],
        ],
    ];

    [Fact]
    public void Of_made_up_accounts_most_contradictions_are_found_and_few_are_false()
    {
        var (found, right, all) = (0, 0, 0);
        foreach (var accounts in Incidents)
        {
            var entries = accounts.SelectMany(Entries).ToList();
            var facts = entries.ToDictionary(one => one.Entry.Id, one => one.Fact);
            all += entries.Where(one => one.Fact > 0).GroupBy(one => one.Fact).Count(fact => fact.Count() == 2);
            foreach (var pair in SameFact.Find(entries.Select(one => one.Entry)))
            {
                found++;
                var isRight = facts[pair.One.Id] == facts[pair.Other.Id] && facts[pair.One.Id] > 0;
                right += isRight ? 1 : 0;
                output.WriteLine($"{(isRight ? "+" : "-")} {pair.Likeness:0.00} {pair.One.Text} | {pair.Other.Text}");
            }
        }

        output.WriteLine($"{right} of {all} found, {found - right} false");
        Assert.True(right >= 0.8 * all, $"{right} of {all} found");
        Assert.True(right >= 0.85 * found, $"{found - right} of {found} false");
    }

    private static IEnumerable<(TimelineEntry Entry, int Fact)> Entries(
        (int Minute, string Kind, int Fact, string Text)[] rows,
        int account
    ) =>
        rows.Select(
            (row, i) =>
                (
                    Told.Entry(100 * account + i + 1, row.Minute, row.Kind, row.Text, account == 0 ? "live" : "report"),
                    row.Fact
                )
        );
}
