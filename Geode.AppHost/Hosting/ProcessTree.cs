using System.Diagnostics;
using System.Globalization;

namespace Geode.AppHost.Hosting;

/// <summary>A process and all that it started, on systems that have ps(1).</summary>
internal static class ProcessTree
{
    /// <summary>The root first.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var children = All().ToLookup(p => p.Parent, p => p.Pid);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(children[tree[i]]);
        return tree;
    }

    private static IEnumerable<(int Pid, int Parent)> All()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        while (ps.StandardOutput.ReadLine() is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var pid, var parent])
                yield return (int.Parse(pid, CultureInfo.InvariantCulture), int.Parse(parent, CultureInfo.InvariantCulture));
        }
        ps.WaitForExit();
    }
}
