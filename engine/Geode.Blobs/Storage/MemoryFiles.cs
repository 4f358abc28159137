using System.Collections.Concurrent;

namespace Geode.Blobs.Storage;

/// <summary>In memory: nothing is left when the process ends.</summary>
public sealed class MemoryFiles : IBlobFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _contents = [];
    private readonly ConcurrentDictionary<string, object> _values = [];

    public IReadOnlyList<BlobRecord> Records => [];

    public IReadOnlyList<BlobRecord> Torn => [];

    public T? Read<T>(string name)
        where T : class => _values.GetValueOrDefault(name) as T;

    public void Write<T>(string name, T value)
        where T : class => _values[name] = value;

    public async Task<BlobContent> AddAsync(IEnumerable<Stream> parts, long limit, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var (length, md5) = await CopyWithMd5.CopyAsync(parts, content, limit, cancellation);
        var id = Guid.NewGuid().ToString("N");
        _contents[id] = content.ToArray();
        return new(id, length, md5);
    }

    public Stream? Open(string id) => _contents.TryGetValue(id, out var bytes) ? new MemoryStream(bytes, writable: false) : null;

    public void Delete(string id) => _contents.TryRemove(id, out _);

    public void Save(BlobRecord record)
    {
        // The account holds it.
    }

    public void Remove(BlobRecord record)
    {
        // The account held it.
    }
}
