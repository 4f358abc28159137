using System.Text.Json;

namespace Geode.Service.Publications;

/// <summary>A publication as this process has it.</summary>
/// <param name="Version">In force: <c>1003.7</c>; null: none.</param>
/// <param name="At">When that was published.</param>
/// <param name="Since">When it came into force here.</param>
/// <param name="Region">Where it was published.</param>
/// <param name="About">What its publisher said about it.</param>
/// <param name="Newest">That has arrived here, whether it is in force or not.</param>
/// <param name="Pinned">No later one is to be in force; null: the newest.</param>
/// <param name="Waiting">Versions that cannot be used yet, and what is missing.</param>
/// <param name="Refused">Versions, or documents, that are not used, and why.</param>
public sealed record PublicationState(
    string Name, string? Version, DateTimeOffset? At, DateTimeOffset? Since, string? Region, JsonElement? About, string? Newest, string? Pinned,
    IReadOnlyList<RefusedVersion> Waiting, IReadOnlyList<RefusedVersion> Refused)
{
    internal static PublicationState Unknown(string name) => new(name, null, null, null, null, null, null, null, [], []);
}

/// <summary>A version, or a document, that this process does not use.</summary>
/// <param name="Version">Which: <c>1003.7</c>, or a document's id.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedVersion(string Version, string Reason);
