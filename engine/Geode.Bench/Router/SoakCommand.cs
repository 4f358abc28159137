using System.Globalization;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Router;

/// <summary><c>router-soak [--minutes 30]</c>: reads, writes and faults in turn, and what the router's memory does meanwhile.</summary>
internal sealed class SoakCommand : IBenchCommand
{
    private const int Clients = 16;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public string Name => "router-soak";

    public string Summary => "Mixed load with faults for half an hour: failures and memory. --minutes 30";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        MachineNote.Print();
        var steps = new Arguments(args).Number("--minutes", 30) * 2;
        int[] ports = [Child.FreePort(), Child.FreePort()];
        var port = Child.FreePort();
        Child[] origins = [Child.Self("router-origin", Child.Text(ports[0]), "a", "2"), Child.Self("router-origin", Child.Text(ports[1]), "b", "2")];
        await using var first = origins[0];
        await using var second = origins[1];
        foreach (var origin in ports)
            await Child.ListensAsync(origin, stop);
        await using var router = Proxies.Ours.Start(port, ports)!;
        await Child.ListensAsync(port, stop);

        var table = new Table().AddColumns("minute", "fault", "requests", "failed", "max ms", "working set MB");
        string[] faults = ["none", "reset", "none", "503", "none", "slow", "none", "gone"];
        for (var step = 0; step < steps; step++)
        {
            var fault = faults[step % faults.Length];
            await first.AskAsync(fault, stop);
            var url = $"{Proxies.Url(port)}/step{step}";
            var reads = new DrillClients(url, Clients, writes: false).RunAsync(Step, stop);
            var writes = new DrillClients(url, Clients, writes: true).RunAsync(Step, stop);
            var samples = (await reads).Concat(await writes).ToList();
            table.AddRow(
                ((step + 1) / 2.0).ToString("0.0", CultureInfo.InvariantCulture),
                fault,
                $"{samples.Count}",
                $"{samples.Count(s => s.Failure is not null)}",
                samples.Max(s => s.Took.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture),
                (router.WorkingSet / 1024.0 / 1024).ToString("0.0", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
        return 0;
    }
}
