using Geode.Router.Attachments;

namespace Geode.Router.Forwarding;

// On a planet with attachments: one is asked for where it is.
internal sealed partial class Exchange
{
    /// <summary>The origin that has it at hand, nearest to the client, and is well; -1: the request is for none, or goes wherever any other does.</summary>
    private int WithAttachment(AttachmentRoutes routes)
    {
        if (routes.Of(_context.Request) is not { } pair)
            return -1;
        // Its tenant is known to be in another stamp by now, which says that it has no such attachment.
        if (_closed.Has(pair.Own))
            return -1;
        // Another stamp knows nothing of it, and would say that there is none.
        if (_router.Setup.Origins[pair.Own].Stamp is { } stamp && _router.Tenants is { } tenants)
            _tried = _notWoken = _closed = _closed.Union(tenants.OutsideOf(stamp));
        return pair.Nearest(_router.Origins, _oneWayMs, index => !_closed.Has(index) && !_avoided.Has(index));
    }
}
