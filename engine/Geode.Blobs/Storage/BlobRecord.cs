using System.Globalization;
using System.Text.Json.Serialization;

namespace Geode.Blobs.Storage;

/// <summary>What an account knows of a blob or, with an empty name, of a container: its latest state.</summary>
/// <param name="Container">Name of the container.</param>
/// <param name="Name">Of the blob; empty for the container itself.</param>
/// <param name="Sequence">From 1: the account's how manyth change made it so.</param>
/// <param name="Time">When, by the clock of the account that takes writes; later for each change.</param>
public sealed record BlobRecord(string Container, string Name, long Sequence, DateTimeOffset Time)
{
    /// <summary>The blob is gone, and so has it to be in the copy.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Which content, in the files of this account; null for containers and what is deleted.</summary>
    public string? ContentId { get; init; }

    /// <summary>Bytes of content.</summary>
    public long Length { get; init; }

    public DateTimeOffset Created { get; init; }

    public BlobHeaders Headers { get; init; } = new();

    /// <summary>By lower-case names.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public bool IsContainer => Name.Length == 0;

    /// <summary>With its quotes: another one after each change.</summary>
    [JsonIgnore]
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"\"0x{Time.UtcTicks:X}\"");

    [JsonIgnore]
    internal BlobKey Key => new(Container, Name);
}

/// <summary>What a client said of a blob's content; said again when it is read.</summary>
/// <param name="Md5">Of the content, base64.</param>
public sealed record BlobHeaders(
    string? ContentType = null, string? ContentEncoding = null, string? ContentLanguage = null, string? ContentDisposition = null, string? CacheControl = null, string? Md5 = null);

internal readonly record struct BlobKey(string Container, string Name);
