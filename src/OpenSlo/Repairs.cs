namespace Steady.OpenSlo;

internal sealed class Repairs
{
    private readonly List<Repair> all = [];
    public IReadOnlyList<Repair> All => all;

    public IReadOnlyList<Node> Of(IReadOnlyList<Node> objects) => all.Count > 0 ? [] : objects;
}
