using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>Reads from partition-key ranges that may be split meanwhile. What was read from one that others have taken the place of is
/// thrown away and read again; a request that named that range is told that it is gone.</summary>
internal static class RangeReads
{
    /// <param name="scope">Says anew where to read.</param>
    /// <param name="read">Leaves nothing behind when it is thrown away.</param>
    /// <exception cref="ProtocolException">What <see cref="FeedScope.Of"/> and <see cref="Sessions.WaitAsync"/> throw.</exception>
    public static async ValueTask<(FeedScope Scope, T Result)> RunAsync<T>(BackplaneRequest request, Func<FeedScope> scope, Func<FeedScope, ValueTask<T>> read)
    {
        while (true)
        {
            var at = scope();
            await Sessions.WaitAsync(request, at.Container, at.Partition);
            var result = await read(at);
            if (!at.Partition.IsSplit)
                return (at, result);
        }
    }
}
