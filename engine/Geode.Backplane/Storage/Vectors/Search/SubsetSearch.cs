using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>Looks at the vectors of some items, exactly. Items that the table does not have as they are now are apart.</summary>
internal sealed class SubsetSearch : NeighborSearch
{
    private const int ChunkLength = 512;

    private readonly List<IDocument> _apart = [];
    private readonly List<VectorMatch> _matches = [];

    /// <param name="read">Reads the items after a Rid in its order; fewer than asked for only at the end.</param>
    public SubsetSearch(VectorTable table, VectorTarget target, Func<ulong, Span<IDocument>, int> read)
    {
        var (documents, rows, scratch) = (new IDocument[ChunkLength], new int[ChunkLength], new float[table.Rows.Dimensions]);
        ulong last = 0;
        int count;
        do
        {
            count = read(last, documents);
            table.RowsOf(documents.AsSpan(0, count), rows);
            for (var i = 0; i < count; i++)
            {
                last = documents[i].Rid;
                if (rows[i] >= 0 && ReferenceEquals(table.Rows.DocumentOf(rows[i]), documents[i]))
                    _matches.Add(new VectorMatch(target.Least(table.Rows.Read(rows[i], scratch), table.Rows.NormOf(rows[i])), documents[i]));
                else
                    _apart.Add(documents[i]);
            }
        }
        while (count == ChunkLength);

        _matches.Sort((left, right) => left.Least.CompareTo(right.Least));
    }

    public override IReadOnlyList<IDocument> Apart => _apart;

    public override VectorMatches Nearest(int count) => new(_matches, float.PositiveInfinity, HasMore: false);
}
