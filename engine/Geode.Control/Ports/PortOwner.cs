using System.Globalization;

namespace Geode.Control.Ports;

/// <summary>Who listens on a port. Known on Linux only, and only for processes one may look into.</summary>
/// <param name="Name">The program's name.</param>
internal sealed record PortOwner(int Pid, string Name)
{
    private const string Listening = "0A";

    /// <summary>Null when it cannot be told.</summary>
    public static PortOwner? Of(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var sockets = Inodes("/proc/net/tcp", port).Concat(Inodes("/proc/net/tcp6", port)).Select(i => $"socket:[{i}]").ToHashSet();
        if (sockets.Count == 0)
            return null;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Holds(folder, sockets))
                return new(pid, ReadOrEmpty(Path.Combine(folder, "comm")).Trim());
        }
        return null;
    }

    // Columns of the kernel's table: 1 local address:port in hex, 3 state, 9 inode.
    private static IEnumerable<string> Inodes(string table, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var line in ReadOrEmpty(table).Split('\n').Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[3] == Listening && columns[1].EndsWith(suffix, StringComparison.Ordinal))
                yield return columns[9];
        }
    }

    private static bool Holds(string processFolder, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(processFolder, "fd"))
                .Any(fd => new FileInfo(fd).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return "";
        }
    }
}
