namespace Geode.Service.Attachments;

/// <summary>An attachment that has been found. Dispose it.</summary>
/// <param name="Length">Of all of it, in bytes.</param>
/// <param name="ContentType">As its sender said.</param>
/// <param name="Stored">When it was stored.</param>
/// <param name="Bytes">The bytes that were asked for; null: none were.</param>
/// <param name="Start">Where in the attachment they begin.</param>
/// <param name="Count">How many they are.</param>
public sealed record AttachmentContent(long Length, string ContentType, DateTimeOffset Stored, Stream? Bytes, long Start, long Count) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Bytes?.DisposeAsync() ?? default;
}

/// <summary>What bytes of an attachment are wanted.</summary>
/// <param name="Start">From 0.</param>
/// <param name="Count">Null: up to the end.</param>
public readonly record struct AttachmentPart(long Start, long? Count);

/// <summary>It cannot be said whether there is such an attachment, or it cannot be stored: the region's account does not answer, and the copy in its pair
/// does not have it, yet.</summary>
public sealed class AttachmentUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The attachment has fewer bytes than the part that was asked for begins after.</summary>
public sealed class AttachmentRangeException() : Exception("There are no such bytes.");
