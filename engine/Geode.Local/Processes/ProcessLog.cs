namespace Geode.Local.Processes;

/// <summary>The log file of one process over all its runs, and its last lines in memory, to be shown when it fails.</summary>
internal sealed class ProcessLog : IDisposable
{
    private const int KeptLines = 20;

    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private readonly StreamWriter _file;
    private bool _closed;

    /// <param name="path">Created with its folders; what an earlier planet wrote is replaced.</param>
    public ProcessLog(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _file = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
    }

    public string Path { get; }

    public void Write(string line)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _last.Enqueue(line);
            if (_last.Count > KeptLines)
                _last.Dequeue();
            try
            {
                _file.WriteLine(line);
            }
            catch (IOException)
            {
                // A full disk costs lines of the log. Who stopped reading would stop the process too, as soon as the pipe is full.
            }
        }
    }

    public IReadOnlyList<string> LastLines()
    {
        lock (_lock)
            return [.. _last];
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            _file.Dispose();
        }
    }
}
