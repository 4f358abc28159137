namespace Geode.Router.Clients;

/// <summary>One way to tell where a client is.</summary>
internal interface IClientLocator
{
    /// <summary>The client's place, or null when this way does not tell.</summary>
    /// <exception cref="BadHttpRequestException">The request names a place that does not exist.</exception>
    ClientPlace? Locate(HttpContext context);
}
