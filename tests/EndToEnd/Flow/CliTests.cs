using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.EndToEnd.Flow;

/// <summary>The real binary against the real platform, judged by what it prints and how it exits.</summary>
[Collection(nameof(Platform))]
public sealed class CliTests(Platform platform)
{
    private readonly string mark = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[^12..];

    [Fact]
    public async Task An_incident_is_lived_through_from_the_command_line()
    {
        var service = $"cli-{mark}";
        var declared = Read<IncidentView>(
            await Steady(
                "incident",
                "declare",
                "--service",
                service,
                "--severity",
                "sev2",
                "--title",
                "It hurts",
                "--json"
            )
        );
        var number = $"INC-{declared.Number.ToString(CultureInfo.InvariantCulture)}";
        Says(await Steady("incident", "list", "--service", service), number, "SEV-2", "open", service, "It hurts");
        Says(await Steady("incident", "ack", number), $"{number} acknowledged");
        Says(await Steady("incident", "severity", number, "--to", "sev1", "--reason", "Worse"), "SEV-1");
        Says(
            await Steady("incident", "note", number, "--text", "The cable was loose", "--at", "10m"),
            $"{number} noted"
        );
        Says(await Steady("incident", "mitigate", number, "--summary", "Plugged in"), $"{number} mitigated");
        Says(await Steady("incident", "resolve", $"{declared.Id}", "--resolution", "A cable"), $"{number} resolved");
        Says(await Steady("incident", "show", number), "resolved", "A cable", $"{declared.Id}");

        var shown = Read<IncidentView>(await Steady("incident", "show", number, "--json"));
        Assert.Equal((IncidentStatus.Resolved, Severity.Sev1), (shown.Status, shown.Severity));

        Says(await Steady("timeline", number), "The cable was loose", "(known ", "It hurts");
        var before = await Steady("timeline", number, "--known-at", "1h", "--json");
        Assert.Empty(Read<Page<TimelineEntry>>(before).Items);

        Refused(
            await Steady("incident", "ack", number),
            1,
            "A resolved incident cannot be acknowledged.",
            "code incident-resolved"
        );
    }

    [Fact]
    public async Task An_objective_is_applied_its_budget_read_and_its_gate_asked()
    {
        var (name, service) = ($"cli-{mark}", $"cli-{mark}");
        var sample = await File.ReadAllTextAsync(
            Repository.File("samples", "objectives", "checkout-availability.yaml"),
            TestContext.Current.CancellationToken
        );
        var document = sample
            .Replace("name: checkout-availability", $"name: {name}", StringComparison.Ordinal)
            .Replace("service: checkout", $"service: {service}", StringComparison.Ordinal)
            .Replace("name: checkout-requests", $"name: requests-{mark}", StringComparison.Ordinal);
        Says(await Input(document, "objective", "apply", "-f", "-"), name, "99.9 %");

        var budget = Read<BudgetStatus>(await Steady("budget", "show", name, "--json"));
        Assert.Equal((name, service, BudgetState.NoData), (budget.Objective, budget.Service, budget.State));
        Says(await Steady("budget", "show", name), "no data", "99.9 % over 30d");
        Says(await Steady("budget", "show"), name);

        await Spend($"requests-{mark}");
        string[] ask = ["gate", "ask", service, "--action", "deploy", "--ref", mark, "--environment", "production"];
        var denied = await Steady(ask);
        Assert.Equal(1, denied.Exit);
        Assert.Contains("deny", denied.Output, StringComparison.Ordinal);
        Assert.Empty(denied.Error);
        var other = await Steady(["gate", "ask", $"other-{mark}", .. ask[3..], "--json"]);
        Assert.True(Read<GateAnswer>(other).Data.Ok);
    }

    [Fact]
    public async Task An_objective_is_compared_revised_written_out_and_retired()
    {
        var name = $"rev-{mark}";
        var document = $"""
            apiVersion: openslo/v1
            kind: SLO
            metadata: {"{"} name: {name} {"}"}
            spec:
              service: {name}
              indicatorRef: {name}-requests
              timeWindow: [{"{"} duration: 30d, isRolling: true {"}"}]
              budgetingMethod: Occurrences
              objectives: [{"{"} target: 0.999 {"}"}]
            """;
        var looser = document.Replace("0.999", "0.99", StringComparison.Ordinal);
        var missing = await Input(document, "objective", "diff", "-f", "-");
        Assert.Equal(1, missing.Exit);
        Assert.Contains("would be created", missing.Output, StringComparison.Ordinal);
        Says(await Input(document, "objective", "apply", "-f", "-"), "created", name);
        Says(await Input(document, "objective", "diff", "-f", "-"), "nothing would change");
        var differs = await Input(looser, "objective", "diff", "-f", "-");
        Assert.Equal(1, differs.Exit);
        Assert.Contains("spec.objectives[0].target: 0.999 → 0.99", differs.Output, StringComparison.Ordinal);
        Says(await Input(looser, "objective", "apply", "-f", "-"), "revised (revision 2)");

        var written = await Steady("objective", "export", name);
        Says(written, $"name: {name}", "target: 0.99");
        Says(await Input(written.Output, "objective", "lint", "-f", "-"), "valid");
        Says(await Input(written.Output, "objective", "apply", "-f", "-"), "unchanged");
        Says(await Steady("objective", "retire", name), "is retired");
        Refused(await Input(document, "objective", "apply", "-f", "-"), 1, "code objective-retired");
    }

    [Fact]
    public async Task A_policy_denies_and_two_persons_let_it_through()
    {
        var name = $"gate-{mark}";
        var policy = $"""
            apiVersion: steady.dev/v1
            kind: GatePolicy
            metadata: {"{"} name: {name} {"}"}
            spec:
              services: [{name}]
              data: {"{"} fail: closed {"}"}
            """;
        var wrong = await Input(
            policy.Replace("closed", "ajar", StringComparison.Ordinal),
            "gate",
            "policy",
            "lint",
            "-f",
            "-"
        );
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("spec.data.fail", wrong.Output, StringComparison.Ordinal);
        Says(await Input(policy, "gate", "policy", "lint", "-f", "-"), "valid");
        Says(await Input(policy, "gate", "policy", "apply", "-f", "-"), $"{name}@1");

        string[] ask =
        [
            "gate",
            "ask",
            name,
            "--action",
            "deploy",
            "--ref",
            "1",
            "--environment",
            "production",
            "--json",
        ];
        var denied = JsonSerializer.Deserialize<GateAnswer>((await Steady(ask)).Output, Json.Options)!.Data;
        Assert.Equal((GateVerdict.Deny, $"{name}@1"), (denied.Decision, denied.Policy));
        Says(
            await Steady("gate", "override", $"{denied.DecisionId}", "--reason", "The fix is in it."),
            "waits for a second person"
        );
        Refused(await Steady("gate", "approve", $"{denied.DecisionId}"), 1, "code second-person-needed");
        var second = Read<TokenCreated>(
            await Steady("token", "create", "--name", $"second-{mark}", "--scope", "budgets:write", "--json")
        );
        Says(
            await Steady("gate", "approve", $"{denied.DecisionId}", "--token", second.Token),
            "is allowed until",
            "The fix is in it."
        );
        Assert.True(Read<GateAnswer>(await Steady(ask)).Data.Ok);
        Says(
            await Steady("deploy", "record", name, "--ref", "1", "--environment", "production"),
            "went out to production"
        );
    }

    [Fact]
    public async Task A_document_that_is_wrong_is_refused_with_its_findings()
    {
        var answer = await Input("apiVersion: openslo/v1\nkind: SLO\n", "objective", "apply", "-f", "-");
        Refused(answer, 2, "metadata", "Accepted:", "code openslo-invalid");
    }

    [Fact]
    public async Task A_token_that_was_created_does_what_its_scopes_say_and_no_more()
    {
        var created = Read<TokenCreated>(
            await Steady("token", "create", "--name", mark, "--scope", "incidents:read", "--expires", "90d", "--json")
        );
        Says(await Steady("incident", "list", "--all", "--token", created.Token), "");
        var declare = new[] { "incident", "declare", "--service", "s", "--severity", "sev4", "--title", "t" };
        Refused(await Steady([.. declare, "--token", created.Token]), 4, "code scope-missing");
    }

    [Fact]
    public async Task What_is_not_there_not_allowed_or_not_reached_has_its_exit_code()
    {
        Refused(await Steady("incident", "show", "INC-999999"), 3, "code not-found", "trace ");
        Refused(await Steady("incident", "list", "--token", "nonsense"), 4, "code token-missing");
        Refused(await Steady("incident", "list", "--url", "http://127.0.0.1:1"), 5, "code unreachable");
        Refused(await Steady("incident", "list", "--limit", "many"), 2, "many");
    }

    // Half of two hundred requests fail: more than any budget of 99.9 % allows.
    private async Task Spend(string sli)
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-1);
        var counts = new RecordCounts($"cli-{mark}", 1, [new CountBucket(start, 60, 100, 100)]);
        await platform.Door.Budgets.Record(sli, counts, TestContext.Current.CancellationToken);
    }

    private Task<Answer> Steady(params string[] arguments) => Input("", arguments);

    private async Task<Answer> Input(string input, params string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        var binary = Repository.File("artifacts", "bin", "Cli", "release", "steady.dll");
        var start = new ProcessStartInfo("dotnet", [binary, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["STEADY_URL"] = platform.Address("web").ToString();
        start.Environment["STEADY_TOKEN"] = platform.Token;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input.AsMemory(), stop);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return new Answer(process.ExitCode, await output, await error);
    }

    private static T Read<T>(Answer answer)
    {
        Says(answer);
        // One document on one line, and nothing beside it.
        Assert.Single(answer.Output.TrimEnd().Split('\n'));
        return JsonSerializer.Deserialize<T>(answer.Output, Json.Options)!;
    }

    private static void Says(Answer answer, params string[] words)
    {
        Assert.True(answer.Exit == 0, $"{answer}");
        Assert.All(words, word => Assert.Contains(word, answer.Output, StringComparison.Ordinal));
    }

    private static void Refused(Answer answer, int exit, params string[] words)
    {
        Assert.True(answer.Exit == exit, $"{answer}");
        Assert.Empty(answer.Output);
        Assert.StartsWith("error: ", answer.Error, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, answer.Error, StringComparison.Ordinal));
    }

    private sealed record Answer(int Exit, string Output, string Error);
}
