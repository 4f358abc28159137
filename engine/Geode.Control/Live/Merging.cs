using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Geode.Control.Live;

/// <summary>Two streams as one, in the order in which their items come.</summary>
internal static class Merging
{
    private const int Buffered = 64;

    /// <summary>Ends when both have ended, or with the failure of one.</summary>
    public static async IAsyncEnumerable<T> WithAsync<T>(
        this IAsyncEnumerable<T> one, IAsyncEnumerable<T> other, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(Buffered);
        var pumping = PumpBothAsync();
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
                yield return item;
        }
        finally
        {
            await end.CancelAsync();
            await pumping;
        }

        async Task PumpBothAsync()
        {
            await Task.WhenAll(PumpAsync(one), PumpAsync(other));
            channel.Writer.TryComplete();
        }

        async Task PumpAsync(IAsyncEnumerable<T> source)
        {
            try
            {
                await foreach (var item in source.WithCancellation(end.Token))
                    await channel.Writer.WriteAsync(item, end.Token);
            }
            catch (Exception e)
            {
                // At once the reader's, which waits for neither; a reader that has left does not care.
                channel.Writer.TryComplete(e);
            }
        }
    }
}
