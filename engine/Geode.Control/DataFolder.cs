using System.Globalization;
using Geode.Topology;

namespace Geode.Control;

/// <summary>Where a planet keeps its replicas' data and its logs, held by one planet at a time.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The folder in it that holds one folder per replica.</summary>
    public const string Replicas = "backplane";

    private const string LockName = "planet.lock";
    private const string HolderName = "planet.pid";

    private readonly FileStream _lock;
    private bool _temporary;

    private DataFolder(string path, FileStream @lock, bool temporary) => (Path, _lock, _temporary) = (path, @lock, temporary);

    public string Path { get; }

    /// <summary>The planet as it is now; the router reads it again when regions come or go.</summary>
    public string Planet => PlanetFile(Path);

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>See <see cref="Planet"/>.</summary>
    public static string PlanetFile(string path) => System.IO.Path.Combine(System.IO.Path.GetFullPath(path), "planet.json");

    /// <summary>Where a region's replica keeps its data.</summary>
    /// <param name="path">Of the planet's data.</param>
    /// <param name="region">Its name.</param>
    public static string ReplicaFolder(string path, string region) => System.IO.Path.Combine(path, Replicas, region);

    /// <summary>Forgets all that a region's replica stored.</summary>
    /// <inheritdoc cref="ReplicaFolder"/>
    public static void DeleteReplica(string path, string region)
    {
        if (ReplicaFolder(path, region) is var folder && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <param name="path">Created if need be; null: a temporary one that goes with the planet.</param>
    /// <param name="fresh">Delete what earlier planets stored.</param>
    /// <exception cref="PlanetException">In use by another planet, or not writable.</exception>
    public static DataFolder Open(string? path, bool fresh)
    {
        var full = path is null ? Directory.CreateTempSubdirectory("planet-").FullName : System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            var folder = new DataFolder(full, TakeLock(full), temporary: path is null);
            if (fresh)
                folder.DeleteStored();
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanetException($"Cannot use '{full}' for the planet's data (--data): {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (_temporary)
            Directory.Delete(Path, recursive: true);
        _temporary = false;
    }

    private void DeleteStored()
    {
        var stored = System.IO.Path.Combine(Path, Replicas);
        if (Directory.Exists(stored))
            Directory.Delete(stored, recursive: true);
    }

    // The system frees the lock however its holder ends, so a crash leaves nothing to clean up. A locked file cannot be read
    // everywhere, hence the second one.
    private static FileStream TakeLock(string folder)
    {
        var holder = System.IO.Path.Combine(folder, HolderName);
        try
        {
            var stream = new FileStream(
                System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return stream;
        }
        catch (IOException) when (File.Exists(holder))
        {
            throw new PlanetException(
                $"'{folder}' is in use by another planet (pid {File.ReadAllText(holder)}). --data DIR gives this one its own.");
        }
    }
}
