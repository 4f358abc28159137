using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Router;

/// <summary><c>router-drill [--fault NAME] [--proxy NAME] [--writes] [--seconds 25] [--starve N]</c>: 16 clients, a request each every
/// 20 ms, two origins as real processes; one is in trouble for ten seconds. Starved: N busy processes beside all that, and both origins
/// stall for random moments.</summary>
internal sealed class DrillCommand : IBenchCommand
{
    private const int Clients = 16;
    private static readonly TimeSpan ServiceTime = TimeSpan.FromMilliseconds(2);

    public string Name => "router-drill";

    public string Summary => "Faults of an origin: the router, nginx and HAProxy. --fault kill --proxy geode --writes --seconds 25 --starve 2";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        MachineNote.Print();
        var options = new Arguments(args);
        var seconds = options.Number("--seconds", 25);
        var starve = options.Has("--starve") ? options.Number("--starve", 2) : 0;
        await using var busy = new BusyProcesses(starve);
        var faults = Chosen(DrillFaults.All, fault => fault, options.Text("--fault"), (fault, wanted) => fault == wanted);
        var proxies = Chosen(
            [Proxies.Ours, Proxies.Nginx, Proxies.NginxTuned, Proxies.Haproxy, Proxies.HaproxyTuned], proxy => proxy.Name, options.Text("--proxy"),
            (name, wanted) => name.Contains(wanted, StringComparison.OrdinalIgnoreCase));
        var table = new Table().AddColumns("fault", "proxy", "requests", "failed", "failures", "max ms", "p99 ms in fault", "p50 ms in fault", "max ms before it");
        foreach (var fault in faults)
        {
            foreach (var proxy in proxies)
            {
                table.AddRow(await RunAsync(proxy, fault, options.Has("--writes"), starve > 0, TimeSpan.FromSeconds(seconds), stop));
                if (options.Has("--verbose"))
                    AnsiConsole.Write(table);
            }
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static List<T> Chosen<T>(IReadOnlyList<T> all, Func<T, string> name, string? wanted, Func<string, string, bool> isIt)
    {
        var chosen = all.Where(one => wanted is null || isIt(name(one), wanted)).ToList();
        return chosen.Count > 0 ? chosen : throw new BenchException($"'{wanted}' is none of: {string.Join(", ", all.Select(name))}.");
    }

    private static async Task<string[]> RunAsync(Proxy proxy, string fault, bool writes, bool stalls, TimeSpan length, CancellationToken stop)
    {
        int[] ports = [Child.FreePort(), Child.FreePort()];
        var port = Child.FreePort();
        Child[] origins = [await StartAsync(0), await StartAsync(1)];
        try
        {
            await using var child = proxy.Start(port, ports);
            if (child is null)
                return [fault, proxy.Name, "skipped: not installed", "", "", "", "", "", ""];
            await Child.ListensAsync(port, stop);
            var url = Proxies.Url(port) + "/";
            await new DrillClients(url, Clients, writes).RunAsync(TimeSpan.FromSeconds(1), stop);
            var clients = new DrillClients(url, Clients, writes).RunAsync(length, stop);
            await Task.Delay(length / 5, stop);
            await DrillFaults.RunAsync(fault, origins, StartAsync, length * 2 / 5, stop);
            return Row(proxy, fault, await clients, length);
        }
        finally
        {
            foreach (var origin in origins)
                await origin.DisposeAsync();
        }

        async Task<Child> StartAsync(int index)
        {
            var child = Child.Self("router-origin", Child.Text(ports[index]), index == 0 ? "a" : "b",
                ServiceTime.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture), Child.Text(int.MaxValue), stalls ? "stalls" : "");
            await Child.ListensAsync(ports[index], stop);
            return child;
        }
    }

    private static string[] Row(Proxy proxy, string fault, IReadOnlyCollection<DrillClients.Sample> samples, TimeSpan length)
    {
        var failed = samples.Where(s => s.Failure is not null).ToList();
        var inFault = samples.Where(s => s.At >= length / 5 && s.At < length * 3 / 5).Select(s => s.Took.TotalMilliseconds).Order().ToList();
        return
        [
            fault,
            proxy.Name,
            $"{samples.Count}",
            $"{failed.Count}",
            string.Join(", ", failed.CountBy(s => s.Failure!).Select(g => $"{g.Value} × {g.Key}")),
            $"{samples.Max(s => s.Took.TotalMilliseconds):0.0}",
            $"{Quantile(inFault, 0.99):0.0}",
            $"{Quantile(inFault, 0.5):0.0}",
            // What the machine itself is good for just now.
            $"{samples.Where(s => s.At < length / 5).Max(s => s.Took.TotalMilliseconds):0.0}",
        ];
    }

    private static double Quantile(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
