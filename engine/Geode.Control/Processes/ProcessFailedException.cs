namespace Geode.Control.Processes;

/// <summary>A process of the planet did not get healthy. The message is for the user; <see cref="LastLines"/> is what the process said.</summary>
public sealed class ProcessFailedException(string process, string problem, IReadOnlyList<string> lastLines, Exception? inner = null)
    : Exception($"{process} {problem}", inner)
{
    public string Process { get; } = process;

    public IReadOnlyList<string> LastLines { get; } = lastLines;
}
