using Geode.Service.Feeds;

namespace Geode.Service.Mesh;

/// <summary>What listeners are shown of a document that appeared or changed.</summary>
/// <typeparam name="TChange">Sent as JSON.</typeparam>
public interface IMeshView<TChange>
    where TChange : class
{
    /// <summary>Null for a document that is not for listeners. Nothing of its form may be taken for granted.</summary>
    TChange? Of(Change document);
}
