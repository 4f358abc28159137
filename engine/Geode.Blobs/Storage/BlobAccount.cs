namespace Geode.Blobs.Storage;

/// <summary>All containers and blobs of one account, and in which order they became what they are. Changes are made one after the other, and each is on
/// the disk before it is seen.</summary>
public sealed partial class BlobAccount
{
    private const string HistoryFile = "account.json";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<string, BlobRecord>> _blobs = [];
    private readonly Dictionary<string, BlobRecord> _containers = [];
    private readonly SortedSet<BlobRecord> _bySequence = new(Comparer<BlobRecord>.Create((one, other) => one.Sequence.CompareTo(other.Sequence)));
    private TaskCompletionSource _changed = New();
    private DateTimeOffset _latest;
    private long _last;

    /// <param name="name">As clients know it.</param>
    /// <param name="files">Where it is kept.</param>
    public BlobAccount(string name, IBlobFiles files, TimeProvider time)
    {
        (Name, Files, Clock) = (name, files, time);
        foreach (var record in files.Records)
            Show(record);
        var history = files.Read<AccountHistory>(HistoryFile);
        (_lastAtOpening, _reserved) = (_last, Math.Max(_last, history?.Reserved ?? 0));
        _firstSinceOpening = _reserved + 1;
        History = history?.Id ?? BeginHistory();
        ForgetWhatWasLost();
    }

    public string Name { get; }

    public IBlobFiles Files { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Whose numbers its sequence's are: another one once it has lost what it had.</summary>
    public string History { get; private set; }

    /// <summary>The number of its latest change; 0: there was none.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>Its latest change, and a time before which there was no other.</summary>
    public CopyPosition Head
    {
        get
        {
            lock (_gate)
                return new(History, _last, Now());
        }
    }

    /// <summary>Ends with the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>The container of that name; null: there is none.</summary>
    public BlobRecord? Container(string name)
    {
        lock (_gate)
            return _containers.TryGetValue(name, out var found) && !found.IsDeleted ? found : null;
    }

    /// <summary>The blob of that name; null: there is none.</summary>
    public BlobRecord? Blob(string container, string name)
    {
        lock (_gate)
            return Find(container, name) is { IsDeleted: false } found ? found : null;
    }

    /// <summary>Blobs of a container, by name in the order of code units.</summary>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="from">The first name that is wanted; empty: from the beginning.</param>
    public IReadOnlyList<BlobRecord> List(string container, string prefix, string from, int most)
    {
        lock (_gate)
        {
            return _blobs.TryGetValue(container, out var all)
                ? [.. all.Values.Where(r => !r.IsDeleted && r.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(r.Name, from) >= 0).Take(most)]
                : [];
        }
    }

    /// <summary>Makes, replaces or deletes a blob or a container.</summary>
    /// <param name="next">From what there is (null: nothing) to what is to be there; null: nothing is changed. It may refuse by an exception.
    /// Sequence and time are filled in.</param>
    /// <returns>What is there now; null: nothing was changed.</returns>
    public BlobRecord? Change(string container, string name, Func<BlobRecord?, BlobRecord?> next)
    {
        lock (_gate)
        {
            var before = name.Length == 0 ? _containers.GetValueOrDefault(container) : Find(container, name);
            if (next(before is { IsDeleted: false } ? before : null) is not { } wanted)
                return null;
            var after = wanted with { Container = container, Name = name, Sequence = NextNumber(), Time = Now() };
            if (!after.IsDeleted && after.Created == default)
                after = after with { Created = after.Time };
            Files.Save(after);
            Replace(before, after);
            return after;
        }
    }

    /// <summary>What has changed after that number, in order.</summary>
    /// <returns>Time: everything that was written before it is in the list, or was before it.</returns>
    public (IReadOnlyList<BlobRecord> Records, DateTimeOffset Time) ChangesAfter(long sequence, int most)
    {
        lock (_gate)
        {
            var records = _bySequence.GetViewBetween(Numbered(sequence + 1), Numbered(long.MaxValue)).Take(most + 1).ToList();
            return records.Count <= most ? (records, Now()) : (records[..most], records[most - 1].Time);
        }
    }

    /// <summary>Deletions up to that number are known to whoever had to know them.</summary>
    public void ForgetDeletions(long sequence)
    {
        lock (_gate)
        {
            // The last number is how a restart tells whether it has all it had.
            foreach (var record in _bySequence.Where(r => r.IsDeleted && r.Sequence <= sequence && r.Sequence < _last).ToList())
            {
                Files.Remove(record);
                Hide(record);
            }
        }
    }

    private BlobRecord? Find(string container, string name) => _blobs.TryGetValue(container, out var all) ? all.GetValueOrDefault(name) : null;

    private DateTimeOffset Now()
    {
        var now = Clock.GetUtcNow();
        return _latest = now > _latest ? now : _latest.AddTicks(1);
    }

    private void Replace(BlobRecord? before, BlobRecord after)
    {
        if (before is not null)
            Hide(before);
        Show(after);
        Tell();
        if (before?.ContentId is { } content && content != after.ContentId)
            Files.Delete(content);
        // Those of an earlier container of that name went with it.
        if (after.IsContainer)
            DropBlobs(after.Container, after.Sequence);
    }

    private void DropBlobs(string container, long before)
    {
        if (!_blobs.TryGetValue(container, out var all))
            return;
        foreach (var blob in all.Values.Where(b => b.Sequence < before).ToList())
        {
            Files.Remove(blob);
            if (blob.ContentId is { } content)
                Files.Delete(content);
            Hide(blob);
        }
    }

    private void Show(BlobRecord record)
    {
        _bySequence.Add(record);
        (_last, _latest) = (Math.Max(_last, record.Sequence), record.Time > _latest ? record.Time : _latest);
        if (record.IsContainer)
        {
            _containers[record.Container] = record;
            return;
        }

        if (!_blobs.TryGetValue(record.Container, out var all))
            _blobs[record.Container] = all = new(StringComparer.Ordinal);
        all[record.Name] = record;
    }

    private void Hide(BlobRecord record)
    {
        _bySequence.Remove(record);
        if (record.IsContainer)
            _containers.Remove(record.Container);
        else
            _blobs.GetValueOrDefault(record.Container)?.Remove(record.Name);
    }

    private void Tell()
    {
        _changed.SetResult();
        _changed = New();
    }

    private static BlobRecord Numbered(long sequence) => new("", "", sequence, default);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
