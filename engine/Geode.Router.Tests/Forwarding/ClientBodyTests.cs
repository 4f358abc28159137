using System.Net.Sockets;
using Geode.Router.Forwarding;
using Geode.Router.Tests.Support;
using Geode.Runtime.Hosting;

namespace Geode.Router.Tests.Forwarding;

public sealed class ClientBodyTests
{
    private static readonly Exception Broken = new HttpRequestException("x", new IOException("x", new SocketException((int)SocketError.ConnectionReset)));

    private readonly ManualTime _time = new();
    private readonly Parts _parts = new();
    private readonly ClientBody _body;

    public ClientBodyTests() => _body = new(_parts, _time);

    [Fact]
    public async Task Time_spent_waiting_for_the_client_is_counted_also_while_it_lasts()
    {
        var reading = _body.ReadAsync(new byte[10]);
        _time.Advance(300);
        Assert.Equal(300, _body.Waited.TotalMilliseconds);
        _parts.Next.SetResult(5);
        Assert.Equal(5, await reading);
        _time.Advance(300);
        Assert.Equal(300, _body.Waited.TotalMilliseconds);
    }

    [Fact]
    public async Task A_read_that_fails_is_the_clients_fault_and_one_that_is_called_off_is_not()
    {
        using var off = new CancellationTokenSource();
        await off.CancelAsync();
        _parts.Next.SetException(new OperationCanceledException());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _body.ReadAsync(new byte[10], off.Token).AsTask());
        Assert.False(_body.Failed);

        _parts.Next = new();
        _parts.Next.SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => _body.ReadAsync(new byte[10]).AsTask());
        Assert.Equal(TryFailure.ClientFailed, TryFailureOf.Exception(Broken, _body));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_the_origins_fault_unless_the_body_was_still_coming()
    {
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(Broken, null));
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(Broken, _body));
        await ReadAsync(5);
        Assert.Equal(TryFailure.Cut, TryFailureOf.Exception(Broken, _body));
        await ReadAsync(0, into: 0);
        Assert.Equal(TryFailure.Cut, TryFailureOf.Exception(Broken, _body));
        await ReadAsync(0);
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(Broken, _body));
    }

    [Fact]
    public void What_cannot_be_written_down_as_a_request_is_no_origins_fault()
    {
        Assert.Equal(TryFailure.ClientFailed, TryFailureOf.Exception(new HttpRequestException("a header that is no text"), null));
        Assert.Equal(TryFailure.ClientFailed, TryFailureOf.Exception(new UriFormatException(), null));
        Assert.Equal(TryFailure.Broken, TryFailureOf.Exception(new HttpRequestException(HttpRequestError.ResponseEnded), null));
    }

    [Theory]
    [InlineData(TryFailure.Unreached, true)]
    [InlineData(TryFailure.Broken, true)]
    [InlineData(TryFailure.Declined, true)]
    [InlineData(TryFailure.Rationed, false)]
    [InlineData(TryFailure.ClientFailed, false)]
    [InlineData(TryFailure.Cut, false)]
    public void Whose_fault_it_is_is_decided_in_one_place(object failure, bool origins) =>
        Assert.Equal(origins, TryFailureOf.IsOrigins((TryFailure)failure));

    private async Task ReadAsync(int bytes, int into = 10)
    {
        _parts.Next = new();
        _parts.Next.SetResult(bytes);
        Assert.Equal(bytes, await _body.ReadAsync(new byte[into]));
    }

    /// <summary>A client that sends what it is told, when it is told.</summary>
    private sealed class Parts : ForwardStream
    {
        public TaskCompletionSource<int> Next { get; set; } = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Next.Task);
    }
}
