using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Mesh;

/// <summary>One feed range of one container, and how far it has been read.</summary>
internal sealed class MeshSource(Container container, FeedRange range)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _continuation = "";

    public Container Container => container;

    public FeedRange Range => range;

    public Task FirstRead => _first.Task;

    /// <summary>The place after all that was read.</summary>
    public string Continuation => _continuation;

    public void Reached(FeedPage page)
    {
        _continuation = page.Continuation;
        _first.TrySetResult();
    }
}
