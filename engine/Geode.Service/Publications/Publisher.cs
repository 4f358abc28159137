namespace Geode.Service.Publications;

/// <summary>Publishes versions of a publication to every geode.</summary>
public sealed class Publisher
{
    /// <summary>Writes it in parts that the backplane takes, and last of all what says that it is whole.</summary>
    /// <param name="publication">What is to be published.</param>
    /// <param name="fence">Of the role that does it; a version under an earlier fence never takes over from one under a later.</param>
    /// <param name="cancellation">When it comes before the last write, nothing is published.</param>
    /// <returns>Its version.</returns>
    public Task<PublicationVersion> PublishAsync(Publication publication, long fence, CancellationToken cancellation) => throw new NotImplementedException();
}
