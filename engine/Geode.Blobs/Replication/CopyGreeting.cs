using Geode.Topology;

namespace Geode.Blobs.Replication;

/// <summary>What a copy does when it starts: it tells the original, once, in case it has less than the original believes.</summary>
public static class CopyGreeting
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Ends when the original has heard it, or when told to stop.</summary>
    /// <param name="original">Where that is heard, see <see cref="CopyEndpoints"/>.</param>
    public static async Task SayAsync(Uri original, HttpClient http, TimeProvider time, CancellationToken stop)
    {
        for (var pause = ShortestPause; !stop.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                using var answer = await http.PostAsync(original, null, stop);
                if (answer.IsSuccessStatusCode)
                    return;
                await Task.Delay(pause, time, stop);
            }
            catch (Exception e) when (ConnectionFailure.Is(e) && !stop.IsCancellationRequested)
            {
                await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
