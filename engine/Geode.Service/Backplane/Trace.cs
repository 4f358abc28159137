namespace Geode.Service.Backplane;

/// <summary>The trace of what is being done, as documents hold it: whoever processes the change later goes on with it.</summary>
public static class Trace
{
    /// <summary>W3C <c>traceparent</c>; null when nobody listens.</summary>
    public static string? Parent => System.Diagnostics.Activity.Current?.Id;
}
