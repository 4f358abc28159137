using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Geode.Router.Listening;

/// <summary>Connections that one server has accepted and another one serves. To the latter this is where it listens.</summary>
internal sealed class HandedOver : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; private set; } = Nowhere;

    /// <summary>No address: nobody can connect to it.</summary>
    public static EndPoint Nowhere { get; } = new DnsEndPoint("handed-over", 0);

    /// <summary>Ends when the other server has done with the connection.</summary>
    public async Task ServeAsync(ConnectionContext connection)
    {
        var handed = new Connection(connection);
        if (_connections.Writer.TryWrite(handed))
            await handed.Done;
        else
            connection.Abort(new ConnectionAbortedException("The server is stopping."));
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return new(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_connections.Reader.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>The same connection with features of its own on top, since each server adds some.</summary>
    private sealed class Connection(ConnectionContext accepted) : ConnectionContext
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public override IFeatureCollection Features { get; } = new FeatureCollection(accepted.Features);

        public override IDuplexPipe Transport
        {
            get => accepted.Transport;
            set => accepted.Transport = value;
        }

        public override string ConnectionId
        {
            get => accepted.ConnectionId;
            set => accepted.ConnectionId = value;
        }

        public override IDictionary<object, object?> Items
        {
            get => accepted.Items;
            set => accepted.Items = value;
        }

        public override EndPoint? LocalEndPoint
        {
            get => accepted.LocalEndPoint;
            set => accepted.LocalEndPoint = value;
        }

        public override EndPoint? RemoteEndPoint
        {
            get => accepted.RemoteEndPoint;
            set => accepted.RemoteEndPoint = value;
        }

        public override CancellationToken ConnectionClosed
        {
            get => accepted.ConnectionClosed;
            set => accepted.ConnectionClosed = value;
        }

        public override void Abort(ConnectionAbortedException abortReason) => accepted.Abort(abortReason);

        public override ValueTask DisposeAsync()
        {
            _done.TrySetResult();
            return default;
        }
    }
}
