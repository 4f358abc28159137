using System.Globalization;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Router;

/// <summary><c>router-overload [--seconds 10]</c>: two origins, one of which can do a tenth of what it would be given. Its excess is to
/// go to the other one, whose answers stay as quick as they are without all this.</summary>
internal sealed class OverloadCommand : IBenchCommand
{
    private const int Clients = 64;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(64);

    public string Name => "router-overload";

    public string Summary => "One origin at many times its capacity: what spills, and what it costs the others. --seconds 10";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        MachineNote.Print();
        var length = TimeSpan.FromSeconds(new Arguments(args).Number("--seconds", 10));
        int[] ports = [Child.FreePort(), Child.FreePort()];
        var port = Child.FreePort();
        // 20 ms, one at a time: 50 requests per second, and its share of the 1,000 is 500.
        await using var small = Child.Self("router-origin", Child.Text(ports[0]), "a", "20", "1");
        await using var large = Child.Self("router-origin", Child.Text(ports[1]), "b", "5");
        foreach (var origin in ports)
            await Child.ListensAsync(origin, stop);

        var table = new Table().AddColumns("load", "requests", "failed", "by a", "by b", "a p99 ms", "b p99 ms", "b p50 ms", "extra tries %");
        await using (var alone = Proxies.Ours.Start(port, [ports[1]])!)
        {
            await Child.ListensAsync(port, stop);
            await new DrillClients(Proxies.Url(port) + "/", Clients, writes: false, Pace).RunAsync(TimeSpan.FromSeconds(1), stop);
            // The only origin is called a there.
            table.AddRow(Row("b alone", await RunAsync(port, length, stop), "-", "a"));
        }

        port = Child.FreePort();
        await using var router = Proxies.Ours.Start(port, ports)!;
        await Child.ListensAsync(port, stop);
        await new DrillClients(Proxies.Url(port) + "/", 4, writes: false).RunAsync(TimeSpan.FromSeconds(2), stop);
        table.AddRow(Row("both, 1st third", await RunAsync(port, length / 3, stop), "a", "b"));
        table.AddRow(Row("both, then", await RunAsync(port, length, stop), "a", "b"));
        AnsiConsole.Write(table);
        return 0;
    }

    private static Task<IReadOnlyCollection<DrillClients.Sample>> RunAsync(int port, TimeSpan length, CancellationToken stop) =>
        new DrillClients(Proxies.Url(port) + "/", Clients, writes: false, Pace).RunAsync(length, stop);

    private static string[] Row(string load, IReadOnlyCollection<DrillClients.Sample> samples, string small, string large)
    {
        var extra = 100.0 * samples.Sum(s => s.Tries - 1) / samples.Count;
        return
        [
            load,
            $"{samples.Count}",
            $"{samples.Count(s => s.Failure is not null)}",
            $"{samples.Count(s => s.ServedBy == small)}",
            $"{samples.Count(s => s.ServedBy == large)}",
            Quantile(small, 0.99),
            Quantile(large, 0.99),
            Quantile(large, 0.5),
            extra.ToString("0.0", CultureInfo.InvariantCulture),
        ];

        string Quantile(string origin, double share)
        {
            var sorted = samples.Where(s => s.ServedBy == origin).Select(s => s.Took.TotalMilliseconds).Order().ToList();
            return sorted.Count == 0 ? "" : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].ToString("0.0", CultureInfo.InvariantCulture);
        }
    }
}
