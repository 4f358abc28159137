namespace Geode.Api.Documents;

/// <summary>The trace of the request being served, as documents hold it.</summary>
internal static class Trace
{
    /// <summary>W3C <c>traceparent</c>; null when nobody listens.</summary>
    public static string? Parent => System.Diagnostics.Activity.Current?.Id;
}
