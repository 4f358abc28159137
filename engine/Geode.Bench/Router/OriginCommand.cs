using System.Globalization;

namespace Geode.Bench.Router;

/// <summary><c>router-origin PORT NAME MS [CAPACITY [stalls]]</c>: a drill origin; each line on standard input is the fault it has from then on.</summary>
internal sealed class OriginCommand : IBenchCommand
{
    public string Name => "router-origin";

    public string? Summary => null;

    public async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var serviceTime = TimeSpan.FromMilliseconds(double.Parse(args[2], CultureInfo.InvariantCulture));
        var origin = new DrillOrigin(int.Parse(args[0], CultureInfo.InvariantCulture), args[1], serviceTime,
            args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : int.MaxValue);
        origin.Listen();
        if (args.Contains("stalls"))
            _ = origin.StallAsync(Random.Shared, stop);
        while (await Console.In.ReadLineAsync(stop) is { } fault)
        {
            origin.Become(fault);
            Console.WriteLine(fault);
        }

        return 0;
    }
}
