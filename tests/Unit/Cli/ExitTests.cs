using Steady.Cli;
using Steady.Cli.Drawing;
using Steady.Client;
using Xunit;

namespace Steady.Tests.Unit.Cli;

public sealed class ExitTests
{
    [Theory]
    [InlineData(409, Exit.Refused)]
    [InlineData(412, Exit.Refused)]
    [InlineData(422, Exit.Refused)]
    [InlineData(400, Exit.Usage)]
    [InlineData(413, Exit.Usage)]
    [InlineData(415, Exit.Usage)]
    [InlineData(404, Exit.NotFound)]
    [InlineData(401, Exit.NotAllowed)]
    [InlineData(403, Exit.NotAllowed)]
    [InlineData(0, Exit.Broken)]
    [InlineData(429, Exit.Broken)]
    [InlineData(500, Exit.Broken)]
    [InlineData(503, Exit.Broken)]
    public void Each_status_has_its_exit_code(int status, int exit) =>
        Assert.Equal(exit, Exit.Of(new ProblemException(status, "any", "Any.", null, [])));

    [Fact]
    public void The_numbers_that_scripts_rely_on_never_change() =>
        Assert.Equal(
            [0, 1, 2, 3, 4, 5],
            [Exit.Done, Exit.Refused, Exit.Usage, Exit.NotFound, Exit.NotAllowed, Exit.Broken]
        );

    [Fact]
    public void A_stranger_s_404_is_not_a_missing_incident() =>
        Assert.Equal(Exit.Broken, Exit.Of(new ProblemException(404, "no-problem-document", "Who?", null, [])));

    [Fact]
    public void A_problem_is_its_sentence_its_findings_and_what_to_quote()
    {
        var text = new StringWriter();
        var problem = new ProblemException(
            400,
            "openslo-invalid",
            "The document was refused [entirely].",
            "abc123",
            [
                new Finding("spec.objectives[0].target", "This is no share.", "More than 0, less than 1.", 12),
                new Finding("", "There is nothing in it."),
            ]
        );
        Assert.Equal(Exit.Usage, new Complaints(Screens.On(text)).About(problem));
        Assert.Equal(
            """
            error: The document was refused [entirely].
              spec.objectives[0].target (line 12): This is no share. Accepted: More than 0, less than 1.
              document: There is nothing in it.
            code openslo-invalid, trace abc123

            """,
            text.ToString()
        );
    }

    [Fact]
    public async Task Without_a_token_the_command_says_where_one_is_and_takes_none_silently()
    {
        var line = new CommandLine();
        Assert.Equal(Exit.NotAllowed, await line.Run("incident", "list"));
        Assert.Contains("--token, set STEADY_TOKEN", line.Error, StringComparison.Ordinal);
        Assert.Contains(".local/keys/admin.token", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_never_said_back()
    {
        var line = new CommandLine(("STEADY_TOKEN", "very-secret"), ("STEADY_URL", "http://127.0.0.1:1"));
        Assert.Equal(Exit.Broken, await line.Run("incident", "list"));
        Assert.Contains("code unreachable", line.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", line.Error + line.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_and_a_file_that_is_not_there_are_mistakes()
    {
        var line = new CommandLine(("STEADY_TOKEN", "t"), ("STEADY_URL", "localhost"));
        Assert.Equal(Exit.Usage, await line.Run("incident", "list"));
        Assert.Contains("'localhost' is no address.", line.Error, StringComparison.Ordinal);
        Assert.Equal(Exit.Usage, await line.Run("objective", "apply", "-f", "not-there.yaml", "--url", "http://s"));
        Assert.Contains("'not-there.yaml' cannot be read", line.Error, StringComparison.Ordinal);
    }
}
