namespace Geode.Service.Publications;

/// <summary>Makes of a publication's bytes what the service uses.</summary>
/// <typeparam name="T">What is used; not changed after it was made, since many requests use it at once.</typeparam>
public interface IPublicationReader<T>
    where T : class
{
    /// <exception cref="InvalidDataException">The bytes are none, or cannot be right; the message says what is wrong. The version before stays.</exception>
    T Read(ReadOnlyMemory<byte> bytes);

    /// <summary>Asked before a version takes over from another: why it should not; null: it may.</summary>
    /// <param name="candidate">Just read.</param>
    /// <param name="version">Its version.</param>
    /// <param name="current">In force now; null: none.</param>
    ValueTask<string?> RefuseAsync(T candidate, PublicationVersion version, T? current, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
}
