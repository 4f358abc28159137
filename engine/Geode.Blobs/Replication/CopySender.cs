using System.Net;
using System.Net.Http.Json;
using Geode.Blobs.Storage;
using Geode.Topology;

namespace Geode.Blobs.Replication;

/// <summary>The giving side: sends an account's changes to its copy as they are made. While nothing is unsent it does nothing at all.</summary>
/// <param name="peer">Where the copy is, by <see cref="CopyEndpoints"/>.</param>
public sealed partial class CopySender(BlobAccount account, Uri peer, HttpClient http, TimeProvider time, ILogger log)
{
    /// <summary>Most changes at a time, and about so many bytes.</summary>
    private const int MostChanges = 64;
    private const long ManyBytes = 16 << 20;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<long> _without = [];
    private CopyPosition? _position;

    // All up to this number is sent, or cannot be: its content is lost.
    private long _passed;
    private bool _isLost;

    /// <summary>The copy has begun anew: where it is has to be asked.</summary>
    public void Resume()
    {
        Volatile.Write(ref _position, null);
        _asked.TrySetResult();
    }

    /// <summary>Sends until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var (changed, asked) = (account.Changed, _asked);
                if (asked.Task.IsCompleted)
                    _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
                else if (IsAllSent)
                {
                    await Task.WhenAny(changed, asked.Task).WaitAsync(stop);
                    continue;
                }

                if (await TryAsync(stop))
                {
                    pause = ShortestPause;
                    continue;
                }

                await Task.Delay(pause, time, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping; the copy knows where to go on.
        }
    }

    private bool IsAllSent => account.Last == 0 || (Volatile.Read(ref _position) is { } position && Math.Max(position.Sequence, _passed) >= account.Last);

    private async Task<bool> TryAsync(CancellationToken stop)
    {
        try
        {
            if (Volatile.Read(ref _position) is not { } position)
                position = await AskAsync(stop);
            else if (await SendAsync(position, stop) is { } reached)
                position = reached;
            else
                return Lost("the link is down");
            Volatile.Write(ref _position, position);
            account.ForgetDeletions(position.Sequence);
            if (_isLost)
                LogBack(log, account.Name);
            _isLost = false;
            return true;
        }
        catch (Exception e) when (ConnectionFailure.Is(e) || e is IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Lost(e.Message);
        }
    }

    // A copy of another history has nothing of this one. One that has what this account does not know is of one that has lost its latest changes.
    private async Task<CopyPosition> AskAsync(CancellationToken stop)
    {
        var position = await http.GetFromJsonAsync<CopyPosition>(peer, stop) ?? CopyPosition.None;
        if (position.History == account.History && !account.Knows(position.Sequence))
            account.BeginHistory();
        _passed = 0;
        return position.History == account.History ? position : new(account.History, 0, null);
    }

    // Null: nothing arrives.
    private async Task<CopyPosition?> SendAsync(CopyPosition position, CancellationToken stop)
    {
        var passed = Math.Max(position.Sequence, _passed);
        var (records, at) = account.ChangesAfter(passed, MostChanges);
        var batch = new List<(BlobRecord Record, Stream? Content)>();
        try
        {
            var bytes = 0L;
            foreach (var record in records)
            {
                var content = bytes < ManyBytes ? ContentOf(record) : null;
                if (bytes < ManyBytes && content is null && record.ContentId is not null && account.IsCurrent(record))
                {
                    if (_without.Add(record.Sequence))
                        LogWithout(log, $"{account.Name}/{record.Container}/{record.Name}");
                    passed = record.Sequence;
                    continue;
                }

                if (content is null && (bytes >= ManyBytes || record.ContentId is not null))
                {
                    // What was replaced or deleted a moment ago is a later change by now.
                    at = batch.Count > 0 ? batch[^1].Record.Time : throw new IOException($"'{record.Container}/{record.Name}' changed while it was to be sent.");
                    break;
                }

                batch.Add((record, content));
                bytes += record.Length;
                passed = record.Sequence;
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, peer) { Content = new BatchContent(batch) };
            // Nothing is read for a link that is down.
            request.Headers.ExpectContinue = true;
            CopyEndpoints.Write(request.Headers, new(account.History, position.Sequence, at));
            using var answer = await http.SendAsync(request, stop);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                return null;
            answer.EnsureSuccessStatusCode();
            var reached = await answer.Content.ReadFromJsonAsync<CopyPosition>(stop);
            // What it lacks is sent from where it is.
            var isTaken = reached is not null && reached.History == account.History && reached.Sequence >= (batch.Count > 0 ? batch[^1].Record.Sequence : position.Sequence);
            _passed = isTaken ? passed : 0;
            return reached;
        }
        finally
        {
            foreach (var (_, content) in batch)
            {
                if (content is not null)
                    await content.DisposeAsync();
            }
        }
    }

    // Null as well: it is not, or no longer, what the record says.
    private Stream? ContentOf(BlobRecord record)
    {
        if (record.ContentId is not { } id || account.Files.Open(id) is not { } content)
            return null;
        if (content.Length == record.Length)
            return content;
        content.Dispose();
        return null;
    }

    private bool Lost(string reason)
    {
        if (!_isLost)
            LogLost(log, account.Name, reason);
        _isLost = true;
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Attachments of {Account} do not reach the pair: {Reason}")]
    private static partial void LogLost(ILogger log, string account, string reason);

    [LoggerMessage(LogLevel.Error, "The content of attachment {Blob} is lost: its pair does not get it. Later ones are sent")]
    private static partial void LogWithout(ILogger log, string blob);

    [LoggerMessage(LogLevel.Information, "Attachments of {Account} reach the pair again")]
    private static partial void LogBack(ILogger log, string account);

    private sealed class BatchContent(List<(BlobRecord Record, Stream? Content)> batch) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            foreach (var (record, content) in batch)
                await ChangeFrames.WriteAsync(stream, record, content, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
