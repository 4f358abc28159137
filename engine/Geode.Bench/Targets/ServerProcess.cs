using System.Diagnostics;
using System.Globalization;
using Geode.Topology;

namespace Geode.Bench.Targets;

/// <summary>A server in a process of its own, killed on disposal.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 5;
    private const int MaxLineLength = 400;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);
    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private bool _stopped;

    private ServerProcess(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        var path = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        if (!File.Exists(path)) throw new BenchException($"{path} is missing; build Geode.Bench first.");
        start.ArgumentList.Add(path);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        // However this program ends, its servers end with it.
        start.Environment[PlanetEnvironment.Parent] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
    }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The last lines it wrote.</summary>
    public string LastOutput
    {
        get
        {
            lock (_lastLines) return string.Join('\n', _lastLines);
        }
    }

    public static ServerProcess Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new ServerProcess(assembly, arguments, environment ?? new Dictionary<string, string>());
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until the server answers a signed GET of <paramref name="path"/>.</summary>
    /// <exception cref="BenchException">It ended, or did not answer in time; the message has its last output.</exception>
    public async Task AnswersAsync(Target target, string path, string? partitionKey, CancellationToken cancellation)
    {
        using var http = new SignedHttp(target);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartTimeout)
        {
            if (_process.HasExited) throw new BenchException($"{target.Name} ended with code {_process.ExitCode}.\n{LastOutput}");
            if (await http.TryGetAsync(path, partitionKey, cancellation)) return;
            await Task.Delay(PollInterval, cancellation);
        }

        throw new BenchException($"{target.Name} did not answer GET {path} within {StartTimeout.TotalSeconds:0} s.\n{LastOutput}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopped) return;
        _stopped = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        if (line.Length > MaxLineLength) line = line[..MaxLineLength] + "…";
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines) _lastLines.Dequeue();
        }
    }
}
