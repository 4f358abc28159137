using System.Text;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Handlers;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Scripts;

/// <summary>What a request's scripts do together: one transaction over one partition key. It runs on the replica's writer, so it sees nothing
/// half done, and no write comes between.</summary>
internal sealed class ScriptTransaction
{
    private readonly ItemTransaction _items;
    private readonly ScriptLinks _links;
    private readonly ScriptCollection _collection;
    private readonly StringBuilder _log;

    private ScriptTransaction(BackplaneRequest request, ReplicaWriter writer, Container container, KeyPlace key, StringBuilder log)
    {
        _items = ItemTransaction.Begin(writer, container) ?? throw ProtocolException.OwnerNotFound(container.Settings.Name);
        _links = new ScriptLinks(container, request.Path.Prefix(2));
        _collection = new ScriptCollection(_items, container, key, _links, request.Node.Replica.Time, QueryHandler.OptionsFor(request, container));
        _log = log;
    }

    /// <summary>Request units that the scripts have used so far.</summary>
    public double Charge => _collection.Charge;

    /// <param name="run">Nothing of it is kept unless it commits.</param>
    /// <exception cref="ProtocolException">A script ended by an error, or was ended; the container has been deleted.</exception>
    public static async Task<T> RunAsync<T>(BackplaneRequest request, Container container, KeyPlace key, Func<ScriptTransaction, T> run)
    {
        var log = new StringBuilder();
        try
        {
            return await request.Node.Replica.WriteAsync(writer => ScriptThread.Run(() => run(new(request, writer, container, key, log))));
        }
        catch (ScriptException e)
        {
            throw new ProtocolException(e.Status, e.Message, e.SubStatus);
        }
        finally
        {
            // What scripts wrote to their log goes back with the answer, when the client asked for it.
            if (request.Flag(CosmosHeaders.ScriptEnableLogging))
                request.Http.Response.Headers[CosmosHeaders.ScriptLogResults] = Uri.EscapeDataString(log.ToString());
        }
    }

    /// <param name="request">What the script's request says: <c>body</c>, <c>operation</c>.</param>
    /// <param name="response">What its response says so far: <c>body</c>, and after a write <c>usage</c> and <c>quota</c>; null before it.</param>
    /// <param name="writesRequest">It may set the request's body.</param>
    public ScriptRun Start(object request, object? response, bool writesRequest) => new(
        ScriptLimits.Default, _collection, new { selfLink = _links.Self, altLink = _links.Alt, request, response, writesRequest }, _log);

    public ItemResult Run(ItemOperation operation) => _items.Run(operation);

    public void Commit() => _items.Commit();
}
