using System.Text;
using Snappier;
using Steady.Budgets.Intake;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>The bytes of remote-write, as the specifications write them.</summary>
public sealed class WireTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddMilliseconds(1_764_000_000_123);

    [Fact]
    public void A_request_of_the_first_version_byte_by_byte()
    {
        // WriteRequest{timeseries{labels{"__name__","r"} samples{value 1, timestamp 1764000000123}} metadata{type 1}}
        byte[] bytes =
        [
            .. Hex("0a 21"),
            .. Hex("0a 0d 0a 08 5f 5f 6e 61 6d 65 5f 5f 12 01 72"),
            .. Hex("12 10 09 00 00 00 00 00 00 f0 3f 10 fb d0 df b4 ab 33"),
            .. Hex("1a 02 08 01"),
        ];
        var book = new Book().With(Book.Ratio("r", bad: "b"), since: At.AddMinutes(-1));
        book.Now = At;
        var one = Assert.Single(Read(delivery => RemoteWrite.ReadOne(bytes, book.Of(0), delivery)).Observations);
        Assert.Equal((Shape.Cumulative, 1_764_000_000_123_000_000, 1), (one.Shape, one.At, one.Value));
        Assert.Equal("r", one.Route.Series.Labels()["__name__"]);
    }

    [Fact]
    public void A_request_of_the_second_version_byte_by_byte()
    {
        // Request{symbols "", "__name__", "r"; timeseries{labels_refs 1 2; samples{1, …}; created_timestamp 1764000000000}}
        byte[] series =
        [
            .. Hex("0a 02 01 02"),
            .. Hex("12 10 09 00 00 00 00 00 00 f0 3f 10 fb d0 df b4 ab 33"),
            .. Hex("30 80 d0 df b4 ab 33"),
        ];
        byte[] bytes = [.. Hex("22 00 22 08 5f 5f 6e 61 6d 65 5f 5f 22 01 72"), 0x2a, (byte)series.Length, .. series];
        var book = new Book().With(Book.Ratio("r", bad: "b"));
        var one = Assert.Single(Read(delivery => RemoteWrite.ReadTwo(bytes, book.Of(0), delivery)).Observations);
        Assert.Equal((1_764_000_000_123_000_000, 1_764_000_000_000_000_000, 1), (one.At, one.Start, one.Value));
    }

    [Fact]
    public void A_sample_may_say_itself_since_when_it_counts()
    {
        var request = new WireWriter().Text(4, "").Text(4, "__name__").Text(4, "r");
        request.Message(
            5,
            s => s.Packed(1, [1, 2]).Message(2, one => one.Fixed(1, 5.0).Varint(2, 2000).Varint(3, 1000))
        );
        var book = new Book().With(Book.Ratio("r", bad: "b"));
        var read = Read(delivery => RemoteWrite.ReadTwo(request.ToArray(), book.Of(0), delivery));
        Assert.Equal(1_000_000_000, Assert.Single(read.Observations).Start);
    }

    [Fact]
    public void Labels_that_are_scattered_between_samples_are_the_same_series()
    {
        var message = new WireWriter().Message(
            1,
            series =>
                series
                    .Message(2, one => one.Fixed(1, 5.0).Varint(2, 2000))
                    .Message(1, label => label.Text(1, "code").Text(2, "200"))
                    .Message(2, one => one.Fixed(1, 6.0).Varint(2, 3000))
                    .Message(1, label => label.Text(1, "__name__").Text(2, "r"))
        );
        var book = new Book().With(Book.Ratio("r{code=\"200\"}", bad: "b"));
        var read = Read(delivery => RemoteWrite.ReadOne(message.ToArray(), book.Of(0), delivery));
        Assert.Equal([5, 6], read.Observations.Select(one => one.Value));
    }

    [Fact]
    public void What_nobody_means_is_counted_as_arrived_and_costs_no_memory()
    {
        var book = new Book().With(Book.Ratio("r", bad: "b"));
        var message = RemoteWriteBody.One(WrittenSeries.Of("other", At, double.NaN), WrittenSeries.Of("r", At, 1));
        var read = Read(delivery => RemoteWrite.ReadOne(message, book.Of(0), delivery));
        Assert.Equal((2, 1, 0), (read.Samples, read.Observations.Count, read.Troubles.Count));
    }

    [Fact]
    public void A_native_histogram_is_refused_where_it_is_meant()
    {
        var message = new WireWriter().Message(
            1,
            series =>
                series.Message(1, label => label.Text(1, "__name__").Text(2, "seconds")).Message(4, h => h.Varint(1, 3))
        );
        var book = new Book().With(Book.Latency("seconds", 0.3m));
        var read = Read(delivery => RemoteWrite.ReadOne(message.ToArray(), book.Of(0), delivery));
        Assert.Equal((1, "native-histogram"), (read.Histograms, read.Troubles.All.Single().Reason));
    }

    [Theory]
    [InlineData("0a", "A number does not end")]
    [InlineData("0a ff ff ff ff 07", "does not fit")]
    [InlineData("0a 02 0b 00", "Wire type 3")]
    [InlineData("00", "no field 0")]
    [InlineData("0a 03 12 01 09", "ends early")]
    public void What_is_no_protobuf_is_told_apart_from_an_empty_request(string hex, string said)
    {
        var book = new Book().With(Book.Ratio("r", bad: "b"));
        var e = Assert.Throws<UnreadableException>(() =>
            Read(delivery => RemoteWrite.ReadOne(Hex(hex), book.Of(0), delivery))
        );
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void References_to_symbols_that_are_not_there_are_refused()
    {
        var request = new WireWriter().Text(4, "").Message(5, s => s.Packed(1, [1, 2]));
        var book = new Book().With(Book.Ratio("r", bad: "b"));
        Assert.Throws<UnreadableException>(() =>
            Read(delivery => RemoteWrite.ReadTwo(request.ToArray(), book.Of(0), delivery))
        );
    }

    [Fact]
    public void Snappy_opens_to_what_was_packed()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("remote-write ", 1000)));
        var block = Snappy.CompressToArray(content);
        var opened = new byte[SnappyBlock.Length(block, 1_000_000)];
        SnappyBlock.Open(block, opened);
        Assert.Equal(content, opened);
    }

    [Fact]
    public void A_block_that_claims_more_than_the_limit_is_refused_before_anything_is_allocated()
    {
        var claim = Hex("80 80 80 80 0f 00");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<BodyTooLargeException>(() => SnappyBlock.Length(claim, 1_000_000));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void A_block_that_claims_more_than_it_can_hold_is_refused() =>
        Assert.Throws<UnreadableException>(() => SnappyBlock.Length(Hex("80 80 40 00"), 32_000_000));

    [Theory]
    [InlineData("")]
    [InlineData("ff ff ff ff ff 01")]
    public void What_is_no_block_is_refused(string hex) =>
        Assert.Throws<UnreadableException>(() => SnappyBlock.Length(Hex(hex), 1_000_000));

    private static Delivery Read(Action<Delivery> read)
    {
        var delivery = new Delivery();
        read(delivery);
        return delivery;
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
