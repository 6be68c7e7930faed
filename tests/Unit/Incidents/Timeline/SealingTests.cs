using System.Security.Cryptography;
using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Timeline;

public sealed class SealingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Key = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly byte[] Secret = Seal.SecretOf(Bytes(1), Bytes(2));
    private static readonly Seal Sealing = new(Key, "person/ana#0", Secret);

    private static OpenKeys Keys => new(new Dictionary<Guid, byte[]?> { [Key] = Secret });

    private static OpenKeys Lost => new(new Dictionary<Guid, byte[]?> { [Key] = null });

    [Fact]
    public void Whatever_was_sealed_is_opened_as_it_was() =>
        Gen.Select(Gen.String, Gen.String[1, 30])
            .Sample(
                (text, value) =>
                {
                    var entry = Entry(text, new Dictionary<string, string> { ["author"] = value });
                    var closed = Sealing.Close(entry);
                    Assert.Equal("", closed.Text);
                    Assert.Null(closed.Labels);
                    var opened = Keys.Open(closed);
                    Assert.Equal((text, value), (opened.Text, opened.Labels!["author"]));
                    Assert.Null(opened.Sealed);
                },
                iter: 300
            );

    [Fact]
    public void A_note_and_an_amendment_are_sealed_too()
    {
        var note = (NoteAdded)Sealing.Close(new NoteAdded("checkout", "Ana called", Noon, "bo", Noon));
        Assert.Equal("", note.Text);
        Assert.Equal("Ana called", ((NoteAdded)Keys.Open(note)).Text);
        var amended = (EntryAmended)Sealing.Close(new EntryAmended(Key, 2, Entry("Seen", null), "Better", "ana", Noon));
        Assert.Equal("Seen", ((EntryAmended)Keys.Open(amended)).Entry.Text);
    }

    [Fact]
    public void Without_its_key_nothing_is_read_and_everything_else_stays()
    {
        var opened = Lost.Open(Sealing.Close(Entry("Ana called", new Dictionary<string, string> { ["x"] = "y" })));
        Assert.Equal((OpenKeys.Redacted, "deploy", Noon), (opened.Text, opened.Kind, opened.OccurredAt));
        Assert.Null(opened.Labels);
    }

    [Fact]
    public void A_text_that_was_changed_or_moved_to_another_key_is_not_read()
    {
        var closed = Sealing.Close(Entry("Ana called", null)).Sealed!;
        var data = Convert.FromBase64String(closed.Data);
        data[^1] ^= 1;
        Assert.Null(Seal.Open(closed with { Data = Convert.ToBase64String(data) }, Secret));
        Assert.Null(Seal.Open(closed with { Person = "person/bo#0" }, Secret));
        Assert.Null(Seal.Open(closed, Seal.SecretOf(Bytes(1), Bytes(3))));
        Assert.Null(Seal.Open(closed, Seal.SecretOf(Bytes(3), Bytes(2))));
        Assert.Equal("Ana called", Seal.Open(closed, Secret)!.Text);
    }

    private static byte[] Bytes(byte first) => SHA256.HashData([first]);

    private static EntryRecorded Entry(string text, IReadOnlyDictionary<string, string>? labels) =>
        new("api", "deploy", Noon, ["checkout"], null, null, "ana", null, text, labels);
}
