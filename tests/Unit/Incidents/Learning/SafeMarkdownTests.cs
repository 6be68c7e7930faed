using System.Text.RegularExpressions;
using Steady.Incidents;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Learning;

/// <summary>What people write is shown to others: it may neither run, nor fetch, nor pretend to be the page.</summary>
public sealed partial class SafeMarkdownTests
{
    public static TheoryData<string> Attacks { get; } =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><script>alert&#40;1&#41;</script></svg>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" &#14;  javascript:alert(1);\">x</a>",
        "<body onload=alert(1)>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
        "<base href=\"https://evil.example/\">",
        "<form action=https://evil.example><button>x</button></form>",
        "<input autofocus onfocus=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<object data=\"data:text/html;base64,PHNjcmlwdD4=\"></object>",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x]( javascript:alert(1) )",
        "[x](<javascript:alert(1)>)",
        "[x](java\tscript:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;&#x61;vascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](%6Aavascript:alert(1))",
        "[x](\u0001javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](//evil.example/x)",
        "[x](/logout)",
        "[x](\\\\evil.example\\x)",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x]\n\n[x]: <javascript:alert(1)> \"title\"",
        "[x](https://a.example \"\\\" onmouseover=\\\"alert(1)\")",
        "[x](https://a.example/\"onmouseover=\"alert(1))",
        "[x](https://a.example/?a=1&b=<script>)",
        "![x](javascript:alert(1))",
        "![x](https://evil.example/pixel.png)",
        "![x\" onerror=\"alert(1)](https://evil.example/y)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "`<script>alert(1)</script>`",
        "```\n<script>alert(1)</script>\n```",
        "```js\" onload=\"alert(1)\nx\n```",
        "    <script>alert(1)</script>",
        "# <script>alert(1)</script>",
        "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |",
        "> <script>alert(1)</script>",
        "* <script>alert(1)</script>",
        "[<img src=x onerror=alert(1)>](https://a.example)",
        "[![x](javascript:alert(1))](javascript:alert(2))",
        "*<script>alert(1)</script>*",
        "\\<script>alert(1)\\</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "x {onclick=alert(1)}",
        "javascript:alert(1) www.evil.example",
        "\u202E<script>\u202C",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_of_an_attack_is_more_than_text(string attack)
    {
        var html = SafeMarkdown.Html(attack);
        foreach (Match tag in Tag().Matches(html))
        {
            Assert.Contains(tag.Groups["name"].Value.ToLowerInvariant(), Harmless);
            foreach (Match attribute in Attribute().Matches(tag.Groups["rest"].Value))
            {
                var (name, value) = (attribute.Groups["name"].Value, attribute.Groups["value"].Value);
                Assert.Contains(name, (string[])["href", "rel", "title", "class", "start", "style"]);
                if (name == "href")
                    Assert.True(SafeMarkdown.IsAllowed(value), $"{attack} leads to {value}");
                if (name == "style")
                    Assert.Matches("^text-align: (left|right|center);$", value);
            }
        }
    }

    [Theory]
    [InlineData("[status](https://status.example/a?b=1&c=2)", "<a href=\"https://status.example/a?b=1&amp;c=2\" rel=")]
    [InlineData("[mail](mailto:ana@example.com)", "<a href=\"mailto:ana@example.com\" rel=")]
    [InlineData("<https://status.example>", "<a href=\"https://status.example\" rel=")]
    [InlineData("see https://status.example.", "<a href=\"https://status.example\" rel=")]
    [InlineData("![graph](https://img.example/g.png)", ">graph</a>")]
    [InlineData("a **bold** claim", "<strong>bold</strong>")]
    [InlineData("[away](javascript:x)", "<p>away</p>")]
    public void What_people_need_works(string markdown, string expected) =>
        Assert.Contains(expected, SafeMarkdown.Html(markdown), StringComparison.Ordinal);

    [Fact]
    public void Headings_stand_below_the_one_they_are_written_under() =>
        Assert.Equal("<h3>One</h3>\n<h6>Five</h6>\n", SafeMarkdown.Html("# One\n\n##### Five"));

    [Theory]
    [InlineData(">")]
    [InlineData("* ")]
    [InlineData("[")]
    [InlineData("*_")]
    [InlineData("![")]
    [InlineData("<")]
    [InlineData("`")]
    [InlineData("|")]
    [InlineData("[a](")]
    public void What_stands_deep_in_itself_takes_neither_the_stack_nor_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length));
        Assert.NotEmpty(SafeMarkdown.Html(text));
    }

    private static readonly string[] Harmless =
    [
        .. "p a em strong code pre ul ol li blockquote h3 h4 h5 h6 table thead tbody tr th td br hr".Split(' '),
    ];

    [GeneratedRegex("""</?(?<name>[a-zA-Z!?][^\s/>]*)(?<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>""")]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<name>[^\s=/"]+)\s*=\s*"(?<value>[^"]*)"|(?<name>[^\s=/"]+)""")]
    private static partial Regex Attribute();
}
