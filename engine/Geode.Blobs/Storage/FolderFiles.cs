using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Geode.Blobs.Storage;

/// <summary>In a folder: a file for each content, and one for each record, which names its content. Each is written under another name first, and takes
/// its own when it is whole. So what a crash leaves behind is either there or not: a content that no record names is swept at the next start.</summary>
public sealed class FolderFiles : IBlobFiles
{
    private readonly string _folder;
    private readonly bool _isFlushed;

    /// <param name="folder">Is made where it is missing.</param>
    /// <param name="isFlushed">Whether files are flushed to the disk before they take their names.</param>
    /// <exception cref="InvalidDataException">A file is damaged; says which and what to do.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public FolderFiles(string folder, bool isFlushed)
    {
        (_folder, _isFlushed) = (folder, isFlushed);
        if (Directory.Exists(At("temp")))
            Directory.Delete(At("temp"), recursive: true);
        foreach (var part in (string[])["temp", "contents", "records"])
            Directory.CreateDirectory(At(part));
        var all = Directory.EnumerateFiles(At("records")).Select(ReadFile<BlobRecord>).ToLookup(IsWhole);
        (Records, Torn) = ([.. all[true]], [.. all[false]]);
        var named = Records.Select(r => r.ContentId).ToHashSet();
        foreach (var stray in Directory.EnumerateFiles(At("contents")).Where(path => !named.Contains(Path.GetFileName(path))))
            File.Delete(stray);
    }

    public IReadOnlyList<BlobRecord> Records { get; }

    public IReadOnlyList<BlobRecord> Torn { get; }

    public T? Read<T>(string name)
        where T : class => File.Exists(At(name)) ? ReadFile<T>(At(name)) : null;

    public void Write<T>(string name, T value)
        where T : class => WriteFile(At(name), value);

    public async Task<BlobContent> AddAsync(IEnumerable<Stream> parts, long limit, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString("N");
        var (temporary, path) = (At("temp", id), At("contents", id));
        try
        {
            long length;
            byte[] md5;
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                (length, md5) = await CopyWithMd5.CopyAsync(parts, file, limit, cancellation);
                file.Flush(_isFlushed);
            }

            File.Move(temporary, path);
            return new(id, length, md5);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public Stream? Open(string id)
    {
        try
        {
            return new FileStream(At("contents", id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string id) => File.Delete(At("contents", id));

    public void Save(BlobRecord record) => WriteFile(PathOf(record), record);

    public void Remove(BlobRecord record) => File.Delete(PathOf(record));

    // A record that was saved while its content was not yet on the disk, and then the machine went down: possible only where nothing is flushed.
    private bool IsWhole(BlobRecord record) =>
        record.ContentId is not { } id || (new FileInfo(At("contents", id)) is { Exists: true } file && file.Length == record.Length);

    private string At(params ReadOnlySpan<string> parts) => Path.Combine([_folder, .. parts]);

    // Names of blobs are longer than those of files may be, and tell apart what a file system may not.
    private string PathOf(BlobRecord record) =>
        At("records", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{record.Container}\n{record.Name}")).AsSpan(0, 16)) + ".json");

    private void WriteFile<T>(string path, T value)
    {
        var temporary = At("temp", Guid.NewGuid().ToString("N"));
        using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, value);
            file.Flush(_isFlushed);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static T ReadFile<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path)) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is damaged ({e.Message}). Delete the file to go on without what it describes; the region's pair may still have it.", e);
        }
    }
}
