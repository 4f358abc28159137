namespace Geode.Service.Idempotency;

/// <summary>What became of a request to make a document.</summary>
/// <param name="Document">The document; null when <see cref="Outcome.Gone"/> or <see cref="Outcome.KeyReused"/>.</param>
/// <param name="Outcome">How it came about, or why there is none.</param>
public sealed record Made<T>(T? Document, Outcome Outcome)
    where T : class;

/// <inheritdoc cref="Made{T}"/>
public enum Outcome
{
    /// <summary>This request made the document.</summary>
    Created,

    /// <summary>The same request was here before; the document is the one it made.</summary>
    Replayed,

    /// <summary>The same request was here before, and what it made was deleted since.</summary>
    Gone,

    /// <summary>Another request was here under the same key.</summary>
    KeyReused,
}
