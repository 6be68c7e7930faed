using Steady.ServiceDefaults;
using Xunit;

namespace Steady.Tests.Unit.Wire;

/// <summary>Fields are named as they were sent.</summary>
public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("Summary", "The Summary field is required.", "summary", "The summary field is required.")]
    [InlineData(
        "Buckets[0].Good",
        "The field Good must be positive.",
        "buckets[0].good",
        "The field good must be positive."
    )]
    [InlineData("ladder[0].holdSeconds", "holdSeconds is Missing.", "ladder[0].holdSeconds", "holdSeconds is Missing.")]
    [InlineData("If-Match", "If-Match is no version.", "If-Match", "If-Match is no version.")]
    [InlineData("Good", "Goods are not Good.", "good", "Goods are not good.")]
    public void A_field_is_named_as_it_was_sent(string path, string sentence, string sent, string said)
    {
        var (field, sentences) = Assert.Single(
            FieldNames.AsSent(new Dictionary<string, string[]> { [path] = [sentence] })
        );

        Assert.Equal(sent, field);
        Assert.Equal([said], sentences);
    }

    [Fact]
    public void Two_spellings_of_one_field_keep_both_sentences()
    {
        var errors = new Dictionary<string, string[]> { ["Good"] = ["Good is bad."], ["good"] = ["It is missing."] };

        var sent = FieldNames.AsSent(errors);

        Assert.Equal(["good is bad.", "It is missing."], Assert.Single(sent).Value);
    }
}
