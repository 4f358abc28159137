using System.Globalization;
using Geode.Bench.Reporting;
using Spectre.Console;

namespace Geode.Bench.Router;

/// <summary><c>router-cost [--rounds 5] [--seconds 4]</c>: what a request costs on its way. nginx is the origin; the ways take turns
/// within each round, so that what else the machine does hits all of them.</summary>
internal sealed class CostCommand : IBenchCommand
{
    public string Name => "router-cost";

    public string Summary => "Requests per second and latency through nginx, HAProxy, plain YARP and the router. --rounds 5 --seconds 4";

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var options = new Arguments(args);
        var (rounds, seconds) = (options.Number("--rounds", 5), options.Number("--seconds", 4));
        if (Wrk.Program is null)
        {
            Console.Error.WriteLine("router-cost needs wrk (Debian: apt install wrk nginx haproxy).");
            return 2;
        }

        MachineNote.Print();
        int[] origins = [Child.FreePort(), Child.FreePort()];
        await using var first = CostOrigin.Start(origins[0]);
        await using var second = CostOrigin.Start(origins[1]);
        if (first is null || second is null)
        {
            Console.Error.WriteLine("router-cost needs nginx as its origin (Debian: apt install nginx).");
            return 2;
        }

        var ways = new List<Way> { new("direct", origins[0], null) };
        try
        {
            foreach (var proxy in new[] { Proxies.NginxKeepAlive, Proxies.Haproxy, Proxies.Yarp, Proxies.Ours })
            {
                var port = Child.FreePort();
                if (proxy.Start(port, origins) is { } child)
                    ways.Add(new Way(proxy.Name, port, child));
                else
                    Console.WriteLine($"{proxy.Name}: skipped, not installed");
            }

            foreach (var way in ways)
            {
                await Child.ListensAsync(way.Port, stop);
                await Wrk.RunAsync(Proxies.Url(way.Port) + "/", 32, 3, stop);
            }

            for (var round = 0; round < rounds; round++)
            {
                foreach (var way in ways)
                    await way.MeasureAsync(seconds, stop);
            }

            Print(ways);
            return 0;
        }
        finally
        {
            foreach (var way in ways)
            {
                if (way.Child is not null)
                    await way.Child.DisposeAsync();
            }
        }
    }

    private static void Print(List<Way> ways)
    {
        var table = new Table().AddColumns("way", "rps c=32", "p99 µs c=32", "p50 µs c=1", "bytes/request", "errors", "rps × YARP", "p50 × YARP", "bytes × YARP");
        var yarp = ways.Find(w => w.Name == Proxies.Yarp.Name)!;
        foreach (var way in ways)
        {
            table.AddRow(
                way.Name,
                Text(Way.Median(way.Rates), "0"),
                Text(Way.Median(way.Tails), "0"),
                Text(Way.Median(way.Medians), "0"),
                Text(Way.Median(way.Bytes), "0"),
                way.Errors.ToString(CultureInfo.InvariantCulture),
                Ratio(way.Rates, yarp.Rates),
                Ratio(way.Medians, yarp.Medians),
                Ratio(way.Bytes, yarp.Bytes));
        }

        AnsiConsole.Write(table);
    }

    // Of each round, then the median: a slow moment of the machine is in both figures of its round.
    private static string Ratio(List<double> ours, List<double> theirs) =>
        ours.Count == 0 || theirs.Count == 0 ? "" : Text(Way.Median([.. ours.Zip(theirs, (a, b) => a / b)]), "0.00");

    private static string Text(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>One way from client to origin, and what was measured on it.</summary>
internal sealed record Way(string Name, int Port, Child? Child)
{
    public List<double> Rates { get; } = [];
    public List<double> Tails { get; } = [];
    public List<double> Medians { get; } = [];
    public List<double> Bytes { get; } = [];
    public long Errors { get; private set; }

    public async Task MeasureAsync(int seconds, CancellationToken stop)
    {
        var tells = Name == Proxies.Yarp.Name || Name == Proxies.Ours.Name;
        var before = tells ? await AllocatedAsync(stop) : 0;
        var many = await Wrk.RunAsync(Proxies.Url(Port) + "/", 32, seconds, stop);
        if (tells)
            Bytes.Add((await AllocatedAsync(stop) - before) / many.Requests);
        var one = await Wrk.RunAsync(Proxies.Url(Port) + "/", 1, Math.Max(1, seconds / 2), stop);
        Rates.Add(many.RequestsPerSecond);
        Tails.Add(many.P99.TotalMicroseconds);
        Medians.Add(one.P50.TotalMicroseconds);
        Errors += many.Errors + one.Errors;
    }

    public static double Median(List<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);

    private async Task<double> AllocatedAsync(CancellationToken stop) =>
        double.Parse(await Child!.AskAsync("allocated?", stop), CultureInfo.InvariantCulture);
}

/// <summary>nginx answering at once with a few bytes.</summary>
internal static class CostOrigin
{
    public static Child? Start(int port)
    {
        if (!File.Exists("/usr/sbin/nginx"))
            return null;
        var folder = Directory.CreateTempSubdirectory("geode-bench-").FullName;
        var file = Path.Combine(folder, "origin.conf");
        File.WriteAllText(file, $$"""
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
                server {
                    listen 127.0.0.1:{{Child.Text(port)}};
                    keepalive_requests 1000000000;
                    location / { default_type text/plain; return 200 "hello from an origin"; }
                }
            }
            """);
        return Child.Start("/usr/sbin/nginx", "-e", folder + "/error.log", "-p", folder, "-c", file, "-g", "daemon off;");
    }
}
