using Geode.Blobs.Storage;

namespace Geode.Blobs.Tests;

/// <summary>Files in memory, one of which cannot be deleted.</summary>
internal sealed class FilesThatKeep : IBlobFiles
{
    private readonly MemoryFiles _files = new();

    /// <summary>Id of that content; null: none.</summary>
    public string? Stuck { get; set; }

    public IReadOnlyList<BlobRecord> Records => _files.Records;

    public IReadOnlyList<BlobRecord> Torn => _files.Torn;

    public T? Read<T>(string name)
        where T : class => _files.Read<T>(name);

    public void Write<T>(string name, T value)
        where T : class => _files.Write(name, value);

    public Task<BlobContent> AddAsync(IEnumerable<Stream> parts, long limit, CancellationToken cancellation) => _files.AddAsync(parts, limit, cancellation);

    public Stream? Open(string id) => _files.Open(id);

    public void Delete(string id)
    {
        if (id == Stuck)
            throw new IOException("The file cannot be deleted.");
        _files.Delete(id);
    }

    public void Save(BlobRecord record) => _files.Save(record);

    public void Remove(BlobRecord record) => _files.Remove(record);
}
