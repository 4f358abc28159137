using Geode.Personal;
using Geode.Service.Publications;

namespace Geode.Api.Personal;

/// <summary>Reads the models of taste that the trainer publishes.</summary>
internal sealed class Tastes : IPublicationReader<TasteModel>
{
    /// <summary>The publication's name.</summary>
    public const string Publication = "tastes";

    /// <inheritdoc/>
    public TasteModel Read(ReadOnlyMemory<byte> bytes) => TasteModel.Read(bytes);
}
