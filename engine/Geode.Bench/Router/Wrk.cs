using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Geode.Bench.Router;

/// <summary>One run of wrk.</summary>
/// <param name="RequestsPerSecond">Answered.</param>
/// <param name="P50">Median latency.</param>
/// <param name="Requests">Answered in all.</param>
/// <param name="Errors">Answers that were not 2xx or 3xx, and sockets that failed.</param>
internal sealed partial record Wrk(double RequestsPerSecond, TimeSpan P50, TimeSpan P99, long Requests, long Errors)
{
    public static string? Program { get; } = new[] { "/usr/bin/wrk", "/usr/local/bin/wrk", "/opt/homebrew/bin/wrk" }.FirstOrDefault(File.Exists);

    public static async Task<Wrk> RunAsync(string url, int connections, int seconds, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Program!, ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", url]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new Wrk(
            double.Parse(Rate().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            Duration(Median().Match(text)),
            Duration(Tail().Match(text)),
            long.Parse(Total().Match(text).Groups[1].Value, CultureInfo.InvariantCulture),
            Bad().Matches(text).Sum(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    private static TimeSpan Duration(Match match)
    {
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(value),
            "ms" => TimeSpan.FromMilliseconds(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Median();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Tail();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Total();

    [GeneratedRegex(@"(?:Non-2xx or 3xx responses: |connect |read |write |timeout )(\d+)")]
    private static partial Regex Bad();
}
