using Steady.Contracts;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>Lists that are answered page by page: read until enough was found.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task No_more_pages_are_read_than_it_takes()
    {
        var asked = 0;
        Assert.Equal([2], (await Answer.First(Counted, one => one % 2 == 0, 1)).Items);
        Assert.Equal(1, asked);
        Assert.Equal([5], (await Answer.First(Counted, one => one > 4, 3)).Items);
        Assert.Equal(4, asked);

        Task<Page<int>> Counted(string? after)
        {
            asked++;
            return Numbers(after);
        }
    }

    private static Task<Page<int>> Numbers(string? after) =>
        Task.FromResult(
            after switch
            {
                null => new Page<int>([1, 2], "b"),
                "b" => new Page<int>([3, 4], "c"),
                _ => new Page<int>([5], null),
            }
        );
}
