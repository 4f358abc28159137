namespace Geode.Blobs.Storage;

/// <summary>Where an account keeps contents and records.</summary>
public interface IBlobFiles
{
    /// <summary>All records there were at the start.</summary>
    IReadOnlyList<BlobRecord> Records { get; }

    /// <summary>Records there were as well, whose content is lost.</summary>
    IReadOnlyList<BlobRecord> Torn { get; }

    /// <summary>What was kept under that name; null: nothing.</summary>
    T? Read<T>(string name)
        where T : class;

    /// <summary>Keeps a small value under a name.</summary>
    void Write<T>(string name, T value)
        where T : class;

    /// <summary>Keeps the parts as one content, under a new id.</summary>
    /// <param name="limit">Most bytes.</param>
    /// <exception cref="ContentTooLargeException">There are more.</exception>
    Task<BlobContent> AddAsync(IEnumerable<Stream> parts, long limit, CancellationToken cancellation);

    /// <summary>The content of that id, to be read anywhere in it; null: there is none any more.</summary>
    Stream? Open(string id);

    void Delete(string id);

    /// <summary>Keeps a record in the place of an earlier one of the same name.</summary>
    void Save(BlobRecord record);

    void Remove(BlobRecord record);
}

/// <param name="Md5">Of all bytes.</param>
public sealed record BlobContent(string Id, long Length, byte[] Md5);

/// <summary>More bytes than were allowed.</summary>
public sealed class ContentTooLargeException(long limit) : Exception($"There are more than {limit} bytes.");
