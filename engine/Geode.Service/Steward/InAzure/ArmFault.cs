using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;

namespace Geode.Service.Steward.InAzure;

/// <summary>Why Azure did not do what it was asked, in one line, and how long not to ask again.</summary>
internal static class ArmFault
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>True for what Azure's clients throw when Azure refuses, answers something else than is documented or cannot be reached.</summary>
    public static bool Is(Exception e) => e is RequestFailedException or AuthenticationFailedException or JsonException or InvalidOperationException or KeyNotFoundException;

    /// <param name="e">For which <see cref="Is"/> holds.</param>
    /// <param name="what">That was changed or read, with its article.</param>
    /// <param name="action">The permission that it takes: <c>Microsoft.App/containerApps/write</c>.</param>
    public static string Reason(Exception e, string what, string action) => e switch
    {
        RequestFailedException { Status: 403 } => $"Azure refuses this geode's identity: it lacks {action} on {what}",
        RequestFailedException { Status: 401 } or AuthenticationFailedException => $"Azure does not know this geode's identity, asked for {what}: {First(e.Message)}",
        RequestFailedException { Status: 404 } => $"Azure has no {What(what)}",
        RequestFailedException { Status: 409 or 412 } => $"{What(what)} is being changed by somebody else: {First(e.Message)}",
        RequestFailedException { Status: 429 } => $"Azure is asked too often for {what}",
        RequestFailedException { Status: 0 } => $"Azure cannot be reached: {First(e.Message)}",
        RequestFailedException failed => $"Azure answers {failed.Status} for {what}: {First(e.Message)}",
        _ => $"Azure answers something unknown for {what}: {First(e.Message)}",
    };

    /// <summary>As Azure says; else what is given.</summary>
    public static TimeSpan Pause(Exception e, TimeSpan otherwise, TimeProvider clock)
    {
        if ((e as RequestFailedException)?.GetRawResponse() is not { } answer || !answer.Headers.TryGetValue("Retry-After", out var text))
            return otherwise;
        var pause = int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at - clock.GetUtcNow()
            : otherwise;
        return pause < otherwise ? otherwise : pause > LongestPause ? LongestPause : pause;
    }

    // "the app x" as a subject.
    private static string What(string what) => what.StartsWith("the ", StringComparison.Ordinal) ? what[4..] : what;

    // The client's messages go on with headers and bodies.
    private static string First(string message) => message.Split('\n', 2)[0].Trim();
}
