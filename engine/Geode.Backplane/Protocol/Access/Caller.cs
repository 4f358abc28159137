using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Access;

/// <summary>Who makes a request, and what he may do. A request is asked about as a whole before it is handled; what only its body or the
/// resource found says is asked about by its handler.</summary>
public abstract class Caller
{
    /// <exception cref="ProtocolException">403: he may not do that, not to this resource, or not any more.</exception>
    public abstract void Authorize(BackplaneRequest request);

    /// <summary>Asks about every operation of a batch.</summary>
    /// <exception cref="ProtocolException">403: one of them he may not do.</exception>
    public virtual void AuthorizeBatch(BackplaneRequest request, Container container, IReadOnlyList<BatchOperation> operations)
    {
    }

    /// <summary>Asks about a partition key that the request did not name.</summary>
    /// <param name="key">Canonical JSON.</param>
    /// <exception cref="ProtocolException">403: it is not his.</exception>
    public virtual void AuthorizeKey(Container container, string key)
    {
    }
}

/// <summary>The account's own key: may do everything.</summary>
public sealed class AccountCaller : Caller
{
    public static AccountCaller Instance { get; } = new();

    public override void Authorize(BackplaneRequest request)
    {
    }
}

/// <summary>A read-only key: reads everything but permissions, which would hand out tokens that write.</summary>
public sealed class ReadOnlyCaller : Caller
{
    public static ReadOnlyCaller Instance { get; } = new();

    public override void Authorize(BackplaneRequest request)
    {
        var asked = Asks.Of(request);
        if (!asked.Reads() || asked == Ask.ReadPermissions)
            throw Refused($"A read-only key does not allow {asked.Words()}.");
    }

    public override void AuthorizeBatch(BackplaneRequest request, Container container, IReadOnlyList<BatchOperation> operations)
    {
        if (operations.Any(o => o.Type != BatchOperationType.Read))
            throw Refused("A read-only key allows batches that only read.");
    }

    private static ProtocolException Refused(string why) =>
        new(403, $"The permission mode provided in the authorization token doesn't provide sufficient permissions. {why}");
}
