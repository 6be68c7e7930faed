using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents;

public sealed class AddNoteTests
{
    private static readonly NoteAdded Noted = new("checkout", "Disk is full", Now, "bo", Now);

    [Fact]
    public void A_note_is_of_now_unless_said_otherwise() => Given<Incident>(Declared).When(Note()).Then(Noted);

    [Fact]
    public void Two_equal_notes_are_two_notes() => Given<Incident>(Declared, Noted).When(Note()).Then(Noted);

    [Fact]
    public void What_is_learnt_after_the_end_belongs_to_the_story() =>
        Given<Incident>(Declared, Resolved).When(Note(Noon)).Then(Noted with { OccurredAt = Noon });

    [Fact]
    public void Nobody_notes_what_has_not_happened_yet() =>
        Given<Incident>(Declared).When(Note(Now.AddMinutes(2))).ThenRefused("in-the-future");

    private static Func<Incident, Decision> Note(DateTimeOffset? at = null) =>
        incident => Noting.Decide(incident, new AddNote("Disk is full", at), Bo, Now);
}
