using System.Diagnostics;
using System.Runtime.InteropServices;
using Geode.Router;

namespace Geode.Router.Tests.Support;

/// <summary>An origin that is a process of its own, to be stopped by real signals: a router before another origin, whose answers are its.</summary>
internal sealed class ProcessOrigin : IDisposable
{
    private const int SigKill = 9;
    private const int SigStop = 19;
    private const int SigCont = 18;

    private readonly Process _process;

    private ProcessOrigin(Process process, Uri address) => (_process, Address) = (process, address);

    // The router under test probes /health/ready there, which it passes on like any other path.
    public Uri Address { get; }

    public static async Task<ProcessOrigin> StartAsync(TestOrigin behind)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            typeof(RouterApp).Assembly.Location, "--urls", "http://127.0.0.1:0",
            "--Geode:Router:Origins:x=" + behind.Address.GetLeftPart(UriPartial.Authority), "--Geode:Router:Admin=http://127.0.0.1:0",
        ])
        { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        Uri? admin = null, address = null;
        while (address is null)
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(5));
            Assert.NotNull(line);
            if (line.IndexOf("listening on: ", StringComparison.Ordinal) is var at and > 0)
            {
                // The admin listener starts first.
                var url = new Uri(line[(at + "listening on: ".Length)..].Trim());
                (admin, address) = admin is null ? (url, null) : (admin, url);
            }
        }

        // Nobody reads on, and nothing more is written that would fill the pipe.
        return new(process, address);
    }

    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigCont);

    public void Kill() => Signal(SigKill);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Signal(int signal) => Assert.Equal(0, kill(_process.Id, signal));

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
}
