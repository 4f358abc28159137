using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Backplane;

/// <summary>Tells what the backplane, the way to it or its absence made fail from faults in our own code. Whoever works in a loop
/// survives the former and tries again.</summary>
public static class BackplaneFault
{
    /// <summary>True where the document that was asked for is not there; 404 has other meanings, too, such as a replica that lags.</summary>
    public static bool IsMissing(CosmosException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.StatusCode is HttpStatusCode.NotFound && e.SubStatusCode == 0;
    }

    /// <summary>True for what the Cosmos SDK throws when the backplane refuses, times out or cannot be reached. A client whose
    /// account no region answers for throws one failure per endpoint, wrapped together.</summary>
    public static bool Is(Exception e) => e switch
    {
        CosmosException or HttpRequestException or TimeoutException => true,
        // The SDK gives up on its own clock this way too. Whoever is told to stop finds out where the loop waits.
        OperationCanceledException => true,
        AggregateException together => together.InnerExceptions.Count > 0 && together.InnerExceptions.All(Is),
        _ => false,
    };
}
