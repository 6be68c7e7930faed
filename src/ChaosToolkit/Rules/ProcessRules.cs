using Steady.OpenSlo;

namespace Steady.ChaosToolkit.Rules;

/// <summary>Processes: a program by its path, and its arguments as words. Nothing ever goes through a shell.</summary>
internal sealed class ProcessRules(Findings to, Settings settings)
{
    private static readonly string[] Shells =
    [
        "sh",
        "bash",
        "dash",
        "zsh",
        "ksh",
        "csh",
        "tcsh",
        "fish",
        "ash",
        "busybox",
        "cmd",
        "cmd.exe",
        "powershell",
        "powershell.exe",
        "pwsh",
        "pwsh.exe",
    ];

    public void Check(Place provider)
    {
        Program(provider["path"]);
        var arguments = provider["arguments"];
        switch (arguments.Node)
        {
            case null or NoNode:
                break;
            case TextNode text:
                if (ShellWords.Of(text.Value) is { Problem: { } problem })
                    to.Add(
                        arguments,
                        Codes.Shell,
                        $"{problem}: these arguments were written for a shell, and no shell is started here. Write them as a list, one word each; what a shell must do belongs into a program."
                    );
                break;
            case ListNode:
                foreach (var word in arguments.Items().Where(word => !word.IsScalar))
                    to.Add(word, Codes.Shape, "An argument is a text or a number.");
                break;
            case MapNode:
                to.Add(
                    arguments,
                    Codes.DictArguments,
                    "Arguments as an object are deprecated. They are read as words in this order, without empty values; write a list."
                );
                foreach (var (_, word) in arguments.Members().Where(member => member.Value.Node is MapNode or ListNode))
                    to.Add(word, Codes.Shape, "An argument is a text or a number.");
                break;
            default:
                to.Add(arguments, Codes.Shape, "Arguments are a list of words, or a text.");
                break;
        }
    }

    private void Program(Place path)
    {
        if (settings.IsOpen(path))
            return;
        var filled = settings.Fill(path);
        if (filled.Text?.Trim() is not { Length: > 0 } text || settings.IsUnknown(filled))
        {
            to.Add(path, Codes.ProcessPath, "A process needs the 'path' of its program: a name, or a path.");
            return;
        }

        if (text.IndexOfAny([.. ShellWords.Bare, '"', '\'', ' ', '\t']) is var at and >= 0 && text[at] != '\\')
            to.Add(
                path,
                Codes.Shell,
                $"{filled.Shown} is no path of a program but a line for a shell. Give the program here and its words as 'arguments', a list."
            );
        else if (Paths.NoProgram(text) is { } reason)
            to.Add(
                path,
                Codes.ProcessPath,
                $"{filled.Shown} {reason}. Give the name of a program, or a path below the experiment's folder."
            );
        else if (Shells.Contains(text[(text.LastIndexOf('/') + 1)..].ToLowerInvariant()))
            to.Add(
                path,
                Codes.Shell,
                $"{filled.Shown} is a shell, and no shell is started here. Give the program itself and its words as 'arguments', a list."
            );
    }
}
