namespace Geode.Blobs.Storage;

// Which numbers changes get, also after a loss. A number is never given twice in a history: they are reserved on the disk a block at a time, and what is
// left of a block when the process ends is passed over. So a copy that has a number from between has something that is lost here.
public sealed partial class BlobAccount
{
    private const int Block = 1024;

    private readonly long _lastAtOpening;
    private readonly long _firstSinceOpening;
    private long _reserved;

    /// <summary>From now on its numbers are those of another history: what was said of the old ones does not hold.</summary>
    public string BeginHistory()
    {
        lock (_gate)
        {
            var history = new AccountHistory(Guid.NewGuid().ToString("N"), _reserved);
            Files.Write(HistoryFile, history);
            return History = history.Id;
        }
    }

    /// <summary>Whether a change of that number, or a later one, is here; false: what had it is lost.</summary>
    public bool Knows(long sequence)
    {
        lock (_gate)
            return sequence <= _lastAtOpening || (sequence >= _firstSinceOpening && sequence <= _last);
    }

    /// <summary>Whether nothing has come in the place of that record.</summary>
    public bool IsCurrent(BlobRecord record)
    {
        lock (_gate)
            return _bySequence.Contains(record);
    }

    private long NextNumber()
    {
        var number = Math.Max(_last + 1, _firstSinceOpening);
        if (number > _reserved)
        {
            Files.Write(HistoryFile, new AccountHistory(History, number + Block - 1));
            _reserved = number + Block - 1;
        }

        return number;
    }

    // An original counts anew, so that its copy asks for everything; a copy forgets how far it was, and gets everything. In this order: what is removed
    // is not seen as lost again.
    private void ForgetWhatWasLost()
    {
        var position = Files.Read<KeptPosition>(PositionFile);
        if (Files.Torn.Count > 0)
            BeginHistory();
        if (position is not null && (Files.Torn.Count > 0 || position.Records != _bySequence.Count))
            Keep(CopyPosition.None);
        foreach (var record in Files.Torn)
            Files.Remove(record);
    }

    /// <param name="Reserved">Numbers up to this one may have been given.</param>
    private sealed record AccountHistory(string Id, long Reserved);
}
