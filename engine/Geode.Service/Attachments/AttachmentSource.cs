using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Geode.Service.Attachments;

/// <summary>One account from which an attachment can be read. An empty one there was deleted.</summary>
/// <param name="IsPrimary">What it does not have there is nowhere. A copy may not have it yet.</param>
internal sealed record AttachmentSource(BlobContainerClient Container, bool IsPrimary)
{
    // For the beginning of an answer; its bytes may take as long as they do.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <returns>Null content: it is not there. A failure: nobody can say.</returns>
    /// <param name="isWanted">Whether bytes are.</param>
    /// <exception cref="AttachmentRangeException">The part begins after its end.</exception>
    public async Task<AttachmentAnswer> ReadAsync(string name, bool isWanted, AttachmentPart? part, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            var blob = Container.GetBlobClient(name);
            var found = isWanted ? await BytesAsync(blob, part, limit.Token) : await HeadAsync(blob, limit.Token);
            if (found.Length > 0)
                return new(found, null);
            await found.DisposeAsync();
            return new(null, null);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            return new(null, null);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status416RangeNotSatisfiable)
        {
            throw new AttachmentRangeException();
        }
        catch (Exception e) when (IsUnavailable(e) && !cancellation.IsCancellationRequested)
        {
            return new(null, e);
        }
    }

    /// <summary>Whether that means that the account cannot be asked, rather than that something was asked wrongly.</summary>
    public static bool IsUnavailable(Exception error) => error is RequestFailedException or AuthenticationFailedException or OperationCanceledException or IOException;

    private static async Task<AttachmentContent> HeadAsync(BlobClient blob, CancellationToken cancellation)
    {
        var found = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
        return new(found.ContentLength, found.ContentType, found.LastModified, null, 0, 0);
    }

    private static async Task<AttachmentContent> BytesAsync(BlobClient blob, AttachmentPart? part, CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions { Range = part is { } wanted ? new HttpRange(wanted.Start, wanted.Count) : default };
        var found = (await blob.DownloadStreamingAsync(options, cancellation)).Value;
        var whole = found.Details.ContentRange is { Length: > 0 } range && long.TryParse(range.Split('/')[^1], out var length) ? length : found.Details.ContentLength;
        return new(whole, found.Details.ContentType, found.Details.LastModified, found.Content, part?.Start ?? 0, found.Details.ContentLength);
    }
}

/// <summary>What a source says: here it is, it is not here, or nothing.</summary>
internal sealed record AttachmentAnswer(AttachmentContent? Content, Exception? Failure);
