namespace Geode.Router.Streams;

/// <summary>A token of one's own linked with the caller's; the caller passes the same one each time, so one link is enough.</summary>
internal sealed class EitherToken(CancellationToken own) : IDisposable
{
    private CancellationTokenSource? _linked;
    private CancellationToken _other;

    public CancellationToken With(CancellationToken other)
    {
        if (_linked is null || other != _other)
        {
            _linked?.Dispose();
            _linked = CancellationTokenSource.CreateLinkedTokenSource(own, other);
            _other = other;
        }

        return _linked.Token;
    }

    public void Dispose() => _linked?.Dispose();
}
