using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;
using static Steady.Tests.Unit.Experiments.RunHistories;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

/// <summary>A run as a journal of Chaos Toolkit, of the shape that chaoslib 1.45 writes.</summary>
public sealed class RunJournalTests
{
    private static readonly string[] Members =
    [
        "chaoslib-version",
        "deviated",
        "duration",
        "end",
        "experiment",
        "node",
        "platform",
        "rollbacks",
        "run",
        "start",
        "status",
        "steady_states",
    ];

    [Fact]
    public void A_run_that_broke_is_told_step_by_step()
    {
        var journal = Journal([.. SecondBroke, new RecoveryMeasured(0.4m, Now), Concluded(Verdict.Broke)]);
        Assert.Equal(("completed", true), ((string?)journal["status"], (bool?)journal["deviated"]));
        Assert.True((bool)journal["steady_states"]!["before"]!["steady_state_met"]!);
        Assert.Equal(
            [true, false],
            journal["steady_states"]!["during"]!.AsArray().Select(one => (bool)one!["steady_state_met"]!)
        );
        Assert.True((bool)journal["steady_states"]!["after"]!["steady_state_met"]!);
        Assert.Equal(
            ["inject-1", "steady-state", "inject-2", "steady-state"],
            journal["run"]!.AsArray().Select(row => (string?)row!["activity"]!["name"])
        );
        Assert.Equal(
            ["revert-1", "revert-2"],
            journal["rollbacks"]!.AsArray().Select(row => (string?)row!["activity"]!["name"])
        );
        Assert.Equal(Design.Hypothesis, (string?)journal["experiment"]!["title"]);
    }

    [Fact]
    public void How_it_ended_is_said_in_the_words_of_Chaos_Toolkit()
    {
        Assert.Equal("failed", Status([Requested, new RunRefused(Subject, "Budget.", Now)]));
        var halted = new RunHalted(Subject, Verdict.Inconclusive, "Ended.", "Enough.", "ana", Now);
        Assert.Equal("interrupted", Status([.. Ready, Halted, halted]));
        Assert.Equal("failed", Status([.. Ready[..3], new BaselineMeasured(0, 20, false, Now), Halted, halted]));
        Assert.Equal(
            "aborted",
            Status([
                .. Holding,
                Halted,
                new RevertUnconfirmed(Subject, "No answer.", Verdict.Inconclusive, "Ended.", Now),
            ])
        );
    }

    [Fact]
    public void Whatever_happened_the_journal_has_the_documented_shape() =>
        Drawn.Sample(
            drawn =>
            {
                var (history, run) = Play(drawn);
                if (!run.Over)
                    return;
                var journal = Journal(history);
                Assert.Equal(Members, journal.Select(member => member.Key).Order(StringComparer.Ordinal));
                Assert.Contains(
                    (string?)journal["status"],
                    (string[])["completed", "failed", "aborted", "interrupted"]
                );
                var states = journal["steady_states"]!.AsObject();
                Assert.Equal(["before", "after", "during"], states.Select(member => member.Key));
                var steady = states["during"]!.AsArray().Prepend(states["before"]).Prepend(states["after"]);
                foreach (var state in steady.OfType<JsonObject>())
                {
                    Assert.Equal(["steady_state_met", "probes"], state.Select(member => member.Key));
                    Assert.All(state["probes"]!.AsArray(), IsRow);
                }

                Assert.All(journal["run"]!.AsArray().Concat(journal["rollbacks"]!.AsArray()), IsRow);
                Assert.Equal(
                    history.OfType<StepStarted>().Count(),
                    journal["run"]!.AsArray().Count(row => (string?)row!["activity"]!["type"] == "action")
                );
            },
            iter: 2_000,
            threads: 2
        );

    private static void IsRow(JsonNode? row)
    {
        var members = row!.AsObject().Select(member => member.Key).ToHashSet();
        Assert.Superset(new HashSet<string> { "activity", "status", "start", "end", "duration", "output" }, members);
        Assert.Subset(
            new HashSet<string>
            {
                "activity",
                "status",
                "start",
                "end",
                "duration",
                "output",
                "tolerance_met",
                "exception",
            },
            members
        );
        Assert.Contains((string?)row["status"], (string[])["succeeded", "failed"]);
        var (start, end) = (Moment(row["start"]), Moment(row["end"]));
        Assert.Equal((decimal)(end - start).TotalSeconds, (decimal)row["duration"]!);
        Assert.True((string?)row["activity"]!["name"] is not null && row["activity"]!["provider"] is not null);
    }

    private static DateTimeOffset Moment(JsonNode? at) =>
        DateTimeOffset.ParseExact((string)at!, "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    private static string? Status(IReadOnlyList<object> happened) => (string?)Journal(happened)["status"];

    private static JsonObject Journal(IReadOnlyList<object> happened) =>
        RunJournals.Of(JsonNode.Parse(ChaosToolkitExport.Write(Design))!, happened);

    private static RunConcluded Concluded(Verdict verdict) => new(Subject, verdict, "Broke.", Now);
}
