using Geode.Personal;
using Geode.Service.Publications;

namespace Geode.Worker.Personal;

/// <summary>Reads the models of taste: the one in force is what a new one is compared with.</summary>
internal sealed class Tastes : IPublicationReader<TasteModel>
{
    /// <summary>The publication's name.</summary>
    public const string Publication = "tastes";

    /// <inheritdoc/>
    public TasteModel Read(ReadOnlyMemory<byte> bytes) => TasteModel.Read(bytes);
}
