using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

/// <summary>How a source goes, since this process started. Written by the one who counts, read by whoever asks.</summary>
public sealed class SourceFigures
{
    private const int MostShown = 20;
    private readonly Lock gate = new();
    private readonly Troubles refused = new();
    private long newestAt;
    private string key = "";
    private int series;
    private DateTimeOffset? pulledUntil;

    public DateTimeOffset? PulledUntil(Mapping mapping)
    {
        lock (gate)
            return key == mapping.Key ? pulledUntil : null;
    }

    public void Note(SourceBook source)
    {
        lock (gate)
        {
            (newestAt, key) = (Math.Max(key == source.Key ? newestAt : 0, source.NewestAt), source.Key);
            series = source.Series;
            pulledUntil = source.PulledUntil == 0 ? null : Nanos.Moment(source.PulledUntil);
        }
    }

    public void Note(string reason, long count, string message)
    {
        lock (gate)
            refused.Add("", new Trouble(reason, message), null, count);
    }

    public SourceView View(Source source)
    {
        lock (gate)
        {
            return new SourceView(
                source.Current.Sli,
                source.Version,
                source.Enabled,
                source.Current.Terms,
                source.Current.At,
                source.Current.By,
                source.Enabled ? series : 0,
                newestAt == 0 ? null : Nanos.Moment(newestAt),
                pulledUntil,
                [.. refused.All.Take(MostShown).Select(one => new RefusedSamples(one.Reason, one.Count, one.Message))]
            );
        }
    }
}
