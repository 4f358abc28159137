namespace Geode.Control.Live;

/// <summary>What the router is told and tells.</summary>
internal static class RouterHeaders
{
    /// <summary>Where the client is.</summary>
    public const string Client = "X-Geode-Client";

    /// <summary>Which geode answered.</summary>
    public const string ServedBy = "X-Geode-Served-By";
}
