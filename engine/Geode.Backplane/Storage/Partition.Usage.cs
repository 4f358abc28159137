namespace Geode.Backplane.Storage;

/// <content>How much it holds, in words.</content>
public sealed partial class Partition
{
    private volatile UsageText? _usage;

    /// <summary>The words are kept until something changes, since answers about items repeat them.</summary>
    /// <param name="write">From how many items there are and their bytes.</param>
    internal string Usage(Func<int, long, string> write)
    {
        var lsn = Lsn;
        if (_usage is { } known && known.Lsn == lsn)
            return known.Text;
        var made = new UsageText(lsn, write(Count, Bytes));
        _usage = made;
        return made.Text;
    }

    /// <param name="Lsn">After which change.</param>
    private sealed record UsageText(long Lsn, string Text);
}
