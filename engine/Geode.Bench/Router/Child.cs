using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Geode.Bench.Targets;

namespace Geode.Bench.Router;

/// <summary>A child process of a run: started, waited for, frozen, killed.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigCont = 18;
    private const int SigStop = 19;

    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>This program again, with another command.</summary>
    public static Child Self(params string[] args) => Start(DotnetHost.Path, [.. DotnetHost.Self(args)]);

    public static Child Start(string file, params string[] args)
    {
        var start = new ProcessStartInfo(file, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        // Read, or a full pipe would stop it.
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text && !text.Contains("[notice]", StringComparison.Ordinal))
                Console.Error.WriteLine($"  {Path.GetFileName(file)}: {text}");
        };
        process.BeginErrorReadLine();
        return new Child(process);
    }

    /// <summary>Memory it has resident, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Sends a line and reads the line that answers it.</summary>
    public async Task<string> AskAsync(string question, CancellationToken stop)
    {
        await _process.StandardInput.WriteLineAsync(question.AsMemory(), stop);
        await _process.StandardInput.FlushAsync(stop);
        return await _process.StandardOutput.ReadLineAsync(stop) ?? throw new InvalidOperationException("The process has ended.");
    }

    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigCont);

    public void Kill() => Signal(SigKill);

    /// <summary>Waits until something accepts connections there.</summary>
    public static async Task ListensAsync(int port, CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, stop);
                return;
            }
            catch (SocketException) when (tries < 300)
            {
                await Task.Delay(50, stop);
            }
            catch (SocketException e)
            {
                throw new BenchException($"Nothing listens on port {port}: what was started has failed.", e);
            }
        }
    }

    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Thaw();
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited && kill(_process.Id, signal) != 0)
            throw new InvalidOperationException($"Signal {signal} to {_process.Id}: error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
}
