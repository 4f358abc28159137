using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Geode.Topology;

namespace Geode.Service.Attachments;

/// <summary>Attachments: stored in the account of this region, read from wherever they are. An account is copied to its region's pair and to no other
/// region; so what this region has stored can be read there while this region is down, as far as it had arrived.</summary>
public sealed class AttachmentStore
{
    private const int BlockBytes = 4 << 20;

    private readonly Planet _planet;
    private readonly Region _here;
    private readonly AttachmentAccounts _accounts;
    private readonly TimeProvider _time;
    private volatile bool _isMade;

    internal AttachmentStore(Planet planet, Region here, AttachmentAccounts accounts, TimeProvider time) => (_planet, _here, _accounts, _time) = (planet, here, accounts, time);

    /// <summary>Largest attachment, in bytes.</summary>
    public long MaxBytes => _planet.Attachments!.MaxBytes;

    /// <summary>Stores an attachment in this region. It is in the region's pair a moment later, and may be lost with the region until then.</summary>
    /// <param name="content">Read once, to its end.</param>
    /// <param name="contentType">Said again when it is read.</param>
    /// <param name="name">32 lower-case hexadecimal digits, the same for the same upload; null: a new one.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Null: there is another attachment of that name.</returns>
    /// <exception cref="AttachmentUnavailableException">This region's account does not answer.</exception>
    public async Task<AttachmentId?> SaveAsync(Stream content, string contentType, string? name = null, CancellationToken cancellation = default)
    {
        if (name is not null && !AttachmentId.IsName(name))
            throw new ArgumentException("A name is 32 lower-case hexadecimal digits.", nameof(name));
        var id = new AttachmentId(_here.Name, name ?? Guid.CreateVersion7().ToString("N"));
        var container = _accounts.Primary(_here.Name);
        await using var read = new HashedStream(content);
        try
        {
            if (!_isMade)
                await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            _isMade = true;
            await container.GetBlobClient(id.Name).UploadAsync(read, Upload(contentType), cancellation);
            return id;
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status409Conflict && e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return await IsSameAsync(container.GetBlobClient(id.Name), await read.DigestAsync(cancellation), cancellation) ? id : null;
        }
        catch (RequestFailedException e)
        {
            // Whoever has lost its data has lost the container too.
            _isMade = false;
            throw Unavailable(e);
        }
        catch (Exception e) when (AttachmentSource.IsUnavailable(e) && e is not IOException && !cancellation.IsCancellationRequested)
        {
            throw Unavailable(e);
        }
    }

    /// <summary>Whether attachments can be of that region.</summary>
    public bool HasRegion(string region) => _accounts.Has(region);

    /// <summary>Opens an attachment: from this region's own account or copy if it has one, else from its region's, else from the copy in that one's pair.</summary>
    /// <param name="id">Which.</param>
    /// <param name="part">Null: all of it.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="AttachmentUnavailableException">Nobody can say: its region does not answer, and the copy does not have it, yet.</exception>
    /// <exception cref="AttachmentRangeException">The part begins after its end.</exception>
    public Task<AttachmentContent?> OpenAsync(AttachmentId id, AttachmentPart? part = null, CancellationToken cancellation = default) =>
        FindAsync(id, (source, stop) => source.ReadAsync(id.Name, isWanted: true, part, stop), cancellation);

    /// <summary>What there is to say of an attachment, without its bytes.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public Task<AttachmentContent?> DescribeAsync(AttachmentId id, CancellationToken cancellation = default) =>
        FindAsync(id, (source, stop) => source.ReadAsync(id.Name, isWanted: false, null, stop), cancellation);

    /// <summary>Deletes an attachment; the copy of it goes a moment later. Where it had a name of its own, that name is never used again.</summary>
    /// <returns>False: there was none.</returns>
    /// <exception cref="AttachmentUnavailableException">Its region does not answer.</exception>
    public async Task<bool> DeleteAsync(AttachmentId id, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!Possible(id))
            return false;
        var blob = _accounts.Primary(id.Region).GetBlobClient(id.Name);
        try
        {
            return id.IsMadeUp ? await blob.DeleteIfExistsAsync(cancellationToken: cancellation) : await EmptyAsync(blob, cancellation);
        }
        catch (Exception e) when (AttachmentSource.IsUnavailable(e) && !cancellation.IsCancellationRequested)
        {
            throw Unavailable(e);
        }
    }

    // An empty one stays: so the name is never another attachment's, whose address and tag would be the same.
    private static async Task<bool> EmptyAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            if (found.ContentLength == 0)
                return false;
            await blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Conditions = new() { IfMatch = found.ETag } }, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is StatusCodes.Status404NotFound or StatusCodes.Status412PreconditionFailed)
        {
            // Never there, or deleted at this moment.
            return false;
        }
    }

    private async Task<AttachmentContent?> FindAsync(AttachmentId id, Func<AttachmentSource, CancellationToken, Task<AttachmentAnswer>> ask, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!Possible(id))
            return null;
        var (primary, secondary) = (new AttachmentSource(_accounts.Primary(id.Region), IsPrimary: true), new AttachmentSource(_accounts.Secondary(id.Region), IsPrimary: false));
        var isCopyHere = _planet.PairOf(_planet.Region(id.Region)) == _here;
        return await AttachmentSearch.FindAsync(isCopyHere ? secondary : primary, isCopyHere ? primary : secondary, ask, _time, cancellation);
    }

    /// <summary>Whether the copy in the pair has it by now.</summary>
    internal async Task<bool> CopyHasAsync(string region, string name) => await _accounts.Secondary(region).GetBlobClient(name).ExistsAsync();

    private bool Possible(AttachmentId id) => _accounts.Has(id.Region) && AttachmentId.IsName(id.Name);

    private static async Task<bool> IsSameAsync(BlobClient blob, byte[] digest, CancellationToken cancellation)
    {
        await using var there = new HashedStream(await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation));
        var other = await there.DigestAsync(cancellation);
        return digest.AsSpan().SequenceEqual(other);
    }

    private static BlobUploadOptions Upload(string contentType) => new()
    {
        HttpHeaders = new() { ContentType = contentType },
        Conditions = new() { IfNoneMatch = ETag.All },
        TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockBytes, MaximumTransferSize = BlockBytes, MaximumConcurrency = 2 },
    };

    private static AttachmentUnavailableException Unavailable(Exception e) => new(
        e is RequestFailedException { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden } refused
            ? $"The region's account of attachments does not let this geode in ({refused.ErrorCode})."
            : "The region's account of attachments does not answer.",
        e);
}
