using Geode.Blobs.Storage;

namespace Geode.Blobs.Protocol;

/// <summary>Blocks that have come and are in no blob yet. They are not kept beyond the process: a client whose upload was cut short begins anew. Those of
/// an upload that was given up are forgotten: whenever a block comes, the blobs are looked through for which none has come for a while.</summary>
/// <param name="mostBytes">Of all that wait in the account.</param>
internal sealed class StagedBlocks(BlobAccount account, TimeProvider time, long mostBytes = StagedBlocks.MostBytes)
{
    public const long MostBytes = 1L << 30;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<BlobKey, Upload> _uploads = [];
    private long _bytes;

    /// <summary>Takes a block, in the place of an earlier one of that id.</summary>
    /// <param name="length">Bytes that are to come.</param>
    /// <param name="receive">Lets them come.</param>
    /// <exception cref="BlobException">503: too much waits already.</exception>
    public async Task<BlobContent> AddAsync(BlobKey blob, string id, long length, Func<Task<BlobContent>> receive)
    {
        var upload = Begin(blob, length);
        try
        {
            var content = await receive();
            Keep(blob, id, content);
            return content;
        }
        finally
        {
            lock (_gate)
            {
                _bytes -= length;
                upload.Coming--;
                upload.LastUsed = time.GetUtcNow();
            }
        }
    }

    /// <summary>The blocks of a blob; they are kept no longer.</summary>
    public IReadOnlyDictionary<string, BlobContent> Take(BlobKey blob)
    {
        lock (_gate)
        {
            if (!_uploads.Remove(blob, out var upload))
                return new Dictionary<string, BlobContent>();
            _bytes -= upload.Blocks.Values.Sum(b => b.Length);
            return upload.Blocks;
        }
    }

    private Upload Begin(BlobKey blob, long length)
    {
        lock (_gate)
        {
            ForgetGivenUp();
            if (_bytes + length > mostBytes)
                throw new BlobException(503, "ServerBusy", $"Blocks that are in no blob yet have at most {mostBytes} bytes in an account. Commit some, or retry later.");
            _bytes += length;
            var upload = UploadOf(blob);
            upload.Coming++;
            return upload;
        }
    }

    private void Keep(BlobKey blob, string id, BlobContent content)
    {
        lock (_gate)
        {
            // Committed while this one came: it is the first of the next upload.
            var upload = UploadOf(blob);
            if (upload.Blocks.Remove(id, out var replaced))
                Forget(replaced);
            upload.Blocks[id] = content;
            _bytes += content.Length;
        }
    }

    private void ForgetGivenUp()
    {
        var since = time.GetUtcNow() - Kept;
        foreach (var (blob, upload) in _uploads.Where(u => u.Value.Coming == 0 && u.Value.LastUsed < since).ToList())
        {
            _uploads.Remove(blob);
            foreach (var block in upload.Blocks.Values)
                Forget(block);
        }
    }

    private void Forget(BlobContent block)
    {
        _bytes -= block.Length;
        account.Files.Delete(block.Id);
    }

    private Upload UploadOf(BlobKey blob)
    {
        if (!_uploads.TryGetValue(blob, out var upload))
            _uploads[blob] = upload = new();
        upload.LastUsed = time.GetUtcNow();
        return upload;
    }

    private sealed class Upload
    {
        public Dictionary<string, BlobContent> Blocks { get; } = [];

        public int Coming { get; set; }

        public DateTimeOffset LastUsed { get; set; }
    }
}
