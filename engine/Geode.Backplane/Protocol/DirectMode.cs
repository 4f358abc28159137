namespace Geode.Backplane.Protocol;

/// <summary>Clients in direct mode ask for the addresses of replicas and would speak a binary protocol with them. That there are none here
/// they are told before anything else: they sign such a request for another resource, and would read that their key is wrong.</summary>
public static class DirectMode
{
    /// <exception cref="ProtocolException">400: the request is one of direct mode.</exception>
    public static void Refuse(PathString path)
    {
        // Some put two slashes before it.
        var first = path.Value.AsSpan().TrimStart('/');
        if (first.StartsWith("addresses", StringComparison.Ordinal) && (first.Length == "addresses".Length || first["addresses".Length] == '/'))
        {
            throw ProtocolException.BadRequest(
                "This account is reached by HTTP alone, and the client asks for the addresses of direct mode (RNTBD). Set ConnectionMode.Gateway: "
                + "new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway } in .NET, gatewayMode() in Java.");
        }
    }
}
