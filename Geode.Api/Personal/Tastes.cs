using Geode.Personal;
using Geode.Service.Publications;

namespace Geode.Api.Personal;

/// <summary>Takes the models of taste that the trainer publishes, where they are sound and not worse than what there is.</summary>
internal sealed class Tastes(TasteJudge judge) : IPublicationReader<TasteModel>
{
    /// <summary>The publication's name.</summary>
    public const string Publication = "tastes";

    /// <inheritdoc/>
    public TasteModel Read(ReadOnlyMemory<byte> bytes) => TasteModel.Read(bytes);

    /// <inheritdoc/>
    public async ValueTask<string?> RefuseAsync(TasteModel candidate, PublicationVersion version, TasteModel? current, CancellationToken cancellation) =>
        await judge.RefuseAsync(candidate, current, cancellation);
}
