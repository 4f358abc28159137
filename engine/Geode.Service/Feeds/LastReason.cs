namespace Geode.Service.Feeds;

/// <summary>Keeps a loop that fails again and again for the same reason from saying so each time.</summary>
internal sealed class LastReason
{
    private string? _last;

    /// <summary>The first line of the reason, or null when it was the last one too.</summary>
    public string? News(Exception e)
    {
        var reason = (e as Microsoft.Azure.Cosmos.CosmosException)?.StatusCode.ToString() ?? e.Message.Split('\n')[0];
        if (reason == _last)
            return null;
        return _last = reason;
    }

    public void Forget() => _last = null;
}
