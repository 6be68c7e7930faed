using System.CommandLine;
using Steady.Cli;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class ParsingTests
{
    // Every command there is, as it is typed with all that it must have, and with all that it may have.
    public static TheoryData<string> Accepted =>
        [
            "incident list",
            "incident list --all --service shop --limit 5 --after x",
            "incident show INC-7",
            "incident declare --service shop --severity SEV1 --title Burning",
            "incident declare --service s --severity sev4 --title t --started 15m",
            "incident ack INC-7",
            "incident severity INC-7 --to sev2 --reason Fewer",
            "incident note INC-7 --text Seen",
            "incident note INC-7 --text Seen --at 2026-11-24T13:55Z",
            "incident mitigate INC-7 --summary Reverted",
            "incident resolve INC-7 --resolution Deploy",
            "incident declare --service s --severity sev4 --title t --triage --drill --private",
            "incident hide INC-7 --reason Concerns",
            "incident publish INC-7 --reason Told",
            "incident add INC-7 --person bo --person cleo --reason Knows",
            "incident remove INC-7 --person bo --reason Left",
            "incident people INC-7",
            "incident reads INC-7 --limit 5 --after 9",
            "incident accept INC-7",
            "incident decline INC-7 --reason Test",
            "incident merge INC-7 --into INC-9 --reason One",
            "incident reopen INC-7 --reason Back",
            "incident close INC-7",
            "incident timestamps INC-7",
            "incident state INC-7 --moment impact-started --at 1h --reason Graph",
            "incident state INC-7 --moment mitigated --reason Wrong",
            "incident response INC-7",
            "incident role assign INC-7 --role scribe --person cleo",
            "incident role release INC-7 --role scribe --person cleo",
            "incident role offer INC-7 --role commander --to bo",
            "incident role offer INC-7 --role commander --to bo --briefing Slow --minutes 5",
            "incident role confirm INC-7 --role commander",
            "incident role decline INC-7 --role operations-lead --reason Train",
            "incident role withdraw INC-7 --role commander",
            "incident task add INC-7 --text Call",
            "incident task add INC-7 --text Call --owner bo --due 2026-11-24T15:00Z --link https://t/1",
            "incident task change INC-7 1 --owner bo",
            "incident task done INC-7 1 --outcome Called",
            "incident update INC-7 --text Known --to customers",
            "incident update INC-7 --text Known --to internal --next 30",
            "followup link 01990000-0000-7000-8000-000000000001 --to https://t/1",
            "incident severities show",
            "incident severities show --version 1",
            "incident severities apply -f severities.yaml",
            "timeline INC-7",
            .. AnalysisLines.All,
            .. EntryLines.All,
            .. BudgetLines.All,
            "timeline INC-7 --known-at 2026-11-24T13:55:00+01:00 --limit 5 --after x",
            "timeline kind:alert --format ndjson",
            "timeline INC-7 --seen-by role/commander",
            "timeline view list",
            "timeline view show deploys",
            "timeline view run deploys --limit 5 --after x",
            "timeline view set deploys --query kind:deploy --about Changes",
            "timeline view remove deploys",
            "toil show",
            "toil show checkout-sre --week 2026-W48",
            "toil log checkout-sre --minutes 45 --kind ticket",
            "toil log checkout-sre --minutes 45 --kind page --start 1h --person p-17 --ref OPS-204",
            "toil withdraw checkout-sre 01990000-0000-7000-8000-000000000001",
            "toil team checkout-sre --people 6 --hours 40 --developers checkout-dev",
            "toil team t --people 6 --hours 40 --developers d --service a --service b --zone Europe/Berlin",
            "experiment lint -f chaos.json --env FRONT=http://front --env BACK=http://back",
            "experiment apply -f design.yaml",
            "experiment apply -f design.yaml --freeze",
            "experiment import -f chaos.json --env FRONT=http://front",
            "experiment export slow-ledger --format chaostoolkit",
            "experiment freeze slow-ledger",
            "experiment list --limit 5 --after x",
            "experiment show slow-ledger",
            "experiment promote slow-ledger",
            "experiment demote slow-ledger --reason Hurt",
            "run start slow-ledger",
            "run watch 01990000-0000-7000-8000-000000000001",
            "run halt 01990000-0000-7000-8000-000000000001 --reason Enough",
            "run list --active --limit 5 --after x",
            "run show 01990000-0000-7000-8000-000000000001",
            "gameday plan -f day.yaml",
            "gameday plan -f day.yaml --ask-approval 24",
            "gameday list --limit 5 --after x",
            "gameday show december",
            "gameday vote december --say go",
            "gameday vote december --say no-go --reason Busy",
            "gameday role december --role operator --person cleo",
            "gameday ask december --within 24",
            "gameday approve december --reason Fine",
            "gameday refuse december --reason Busy",
            "gameday announce december --to ops --text Slow --acknowledge-by hana",
            "gameday announce d --to ops --text t --acknowledge-by a --acknowledge-by b --within 30 --escalate-to ivo",
            "gameday acknowledge december 1",
            "gameday note december --text Seen",
            "gameday start december slow-ledger",
            "gameday surprise december --seed 7",
            "gameday conclude december --summary Held",
            "gameday report december --html",
            "finding raise 01990000-0000-7000-8000-000000000001 --kind broke-early --title Slow",
            "finding raise 01990000-0000-7000-8000-000000000001 --kind other --title t --text s --coupling incidental",
            "finding list --all --limit 5 --after x",
            "finding show 01990000-0000-7000-8000-000000000001",
            "finding act 01990000-0000-7000-8000-000000000001 --text Fix --owner bo --due 2026-12-31",
            "finding regress 01990000-0000-7000-8000-000000000001",
            "alert list --all --service checkout --limit 5 --after x",
            "alert routes show",
            "alert routes apply -f routes.yaml",
            "alert grouping show",
            "alert grouping apply -f grouping.yaml",
            "alert grouping history",
            "alert grouping preview --hours 72",
            "alert silence set --match service=checkout --match severity!=critical --minutes 60 --reason Maintenance",
            "alert silence list --all",
            "alert silence end 01990000-0000-7000-8000-000000000001 --reason Done",
            "oncall load --from 2026-10-01T00:00Z --to 2026-11-24T00:00Z --zone Europe/Berlin",
            "escalation list",
            "escalation show pay",
            "escalation apply pay -f pay.yaml",
            "escalation preview pay --severity sev2 --burn 14.4 --at 2026-11-24T03:10Z",
            "escalation of INC-7",
            "escalation next INC-7 --reason Burns",
            "page list --person ana --status failed",
            "page send INC-7 --schedule payments --reason Burns",
            "page send INC-7 --contact ana --reason Burns",
            "contact list",
            "contact show ana",
            "contact apply ana -f ana.yaml",
            "contact test ana phone",
            "oncall now --at 15m",
            "oncall who payments --at 2026-11-24T03:10Z --known-at 2026-11-24T03:00Z",
            "oncall preview payments --from 2026-11-24T00:00Z --days 700",
            "oncall show payments",
            "oncall apply payments -f payments.yaml",
            "oncall override payments --person bo --from 2026-11-24T08:00Z --to 2026-11-24T12:00Z --reason Dentist",
            "oncall cancel payments 01990000-0000-7000-8000-000000000001",
            "oncall swap propose p --with bo --give-from 2026-11-24T08:00Z --give-to 2026-11-25T08:00Z "
                + "--take-from 2026-12-01T08:00Z --take-to 2026-12-02T08:00Z --reason Concert",
            "oncall swap accept payments 01990000-0000-7000-8000-000000000001",
            "oncall swap decline payments 01990000-0000-7000-8000-000000000001",
            "oncall swap withdraw payments 01990000-0000-7000-8000-000000000001",
            "oncall feed create --schedule payments",
            "oncall feed create --person ana",
            "oncall feed list",
            "oncall feed revoke 01990000-0000-7000-8000-000000000001",
            "integration key create prod --kind pagerduty",
            "integration key create prod --kind slack --secret 8f742231b10e8888abcd99yyyzzz85a5",
            "integration key list",
            "integration key list prod",
            "integration key revoke prod 01990000-0000-7000-8000-000000000001",
            "followup list --all --owner bo",
            "followup done 01990000-0000-7000-8000-000000000001 --outcome Fixed",
            "incident measures --from 90d --to 1d --service checkout --severity sev1",
            "status",
            "status subscribers",
            "status forget cleo@example.org",
            "catalog apply catalog-info.yaml teams.yaml --dry-run",
            "catalog list --kind component --owner payments",
            "catalog show component checkout --known-at 1h",
            "catalog remove group payments",
            "postmortem list --all --limit 5",
            "postmortem start INC-7",
            "postmortem show INC-7",
            "postmortem section INC-7 --section went-well --text Alerts --version 2",
            "postmortem section INC-7 --section contributing-factors -f factors.md",
            "postmortem edit INC-7 --section summary",
            "postmortem act INC-7 --text Cache --owner bo --due 2026-12-31",
            "postmortem submit INC-7",
            "postmortem send-back INC-7 --reason Thin",
            "postmortem review INC-7 --comment Good",
            "postmortem publish INC-7",
            "postmortem export INC-7 --format pdf -o inc-7.pdf",
            "plot incident INC-7 -o inc-7.png --dark --scale 3 --at 1h",
            "plot budget shop -o shop.svg",
            "experiment check -f slow-ledger.yaml",
            "postmortem story INC-7",
            "postmortem tell INC-7 01990000-0000-7000-8000-000000000001 --text Late",
            "postmortem leave-out INC-7 01990000-0000-7000-8000-000000000001",
            "experiment history slow-ledger --limit 5",
            "lever engage staging --reason Enough",
            "lever release staging --reason Over",
            "lever show staging",
            "blackout declare staging holidays --from 2026-12-24T12:00 --until 2026-12-27 --zone UTC --reason Quiet",
            "blackout declare staging x --from 2026-12-24 --until 2026-12-25 --zone UTC --reason Quiet --every-week",
            "blackout lift staging holidays --reason Over",
            "blackout list",
            "blackout list staging",
            "topology apply staging -f topology.json --traced",
            "topology show staging",
            "topology survival staging --killed-share 0.1",
            "experiment schema",
            "experiment predict slow-ledger",
            "run confirm 01990000-0000-7000-8000-000000000001 --evidence Gone",
            "run journal 01990000-0000-7000-8000-000000000001",
            "run budget 01990000-0000-7000-8000-000000000001",
            "run surprise 01990000-0000-7000-8000-000000000001",
            "toil route checkout-sre --ref OPS-1 --title Renew",
            "token create --name ci --scope gate:ask",
            "token create --name ci --scope a --scope b --expires 90d --integration ci",
        ];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_command_is_understood_and_takes_the_shared_options_anywhere(string typed)
    {
        var root = new CommandLine().Shell.Root;
        Assert.Empty(root.Parse(typed).Errors);
        Assert.Empty(root.Parse($"{typed} --json --url http://s --token t").Errors);
        Assert.Empty(root.Parse($"--json --url http://s --token t {typed}").Errors);
    }

    [Fact]
    public void The_table_of_accepted_commands_has_them_all()
    {
        var root = new CommandLine().Shell.Root;
        var typed = Accepted.Select(row => root.Parse(row.Data).CommandResult.Command).ToHashSet();
        var there = Walk(root).Where(command => command.Subcommands.Count == 0);
        Assert.Empty(there.Except(typed).Select(command => command.Name));
    }

    [Theory]
    [InlineData("There is no command 'frobnicate'.", "frobnicate")]
    [InlineData("Option '--service' is required.", "incident", "declare", "--severity", "sev1", "--title", "t")]
    [InlineData("Give one of sev1, sev2, sev3, sev4.", "incident", "severity", "INC-7", "--to", "5", "--reason", "r")]
    [InlineData("'soon' is no length.", "token", "create", "--name", "n", "--scope", "s", "--expires", "soon")]
    [InlineData("'later' is no moment.", "timeline", "INC-7", "--known-at", "later")]
    [InlineData("'7' is no run's id.", "run", "show", "7")]
    [InlineData("'7' is no decision's id.", "gate", "approve", "7")]
    [InlineData(
        "Option '--from' is required.",
        "adjustment",
        "propose",
        "o",
        "--to",
        "1h",
        "--reason",
        "r",
        "--category",
        "maintenance"
    )]
    [InlineData("Required argument missing", "run", "start")]
    public async Task A_mistake_is_named_on_standard_error_and_exits_two(string sentence, params string[] arguments)
    {
        var line = new CommandLine();
        Assert.Equal(Exit.Usage, await line.Run(arguments));
        Assert.StartsWith("error: ", line.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, line.Error, StringComparison.Ordinal);
        Assert.Contains("--help` tells more.", line.Error, StringComparison.Ordinal);
        Assert.Empty(line.Output);
    }

    internal static IEnumerable<Command> Walk(Command command) => command.Subcommands.SelectMany(Walk).Prepend(command);
}
