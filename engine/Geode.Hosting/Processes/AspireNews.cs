using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Geode.Hosting.Processes;

/// <summary>What Aspire says of a process.</summary>
/// <param name="State">See <see cref="KnownResourceStates"/>; two of Aspire's are not there.</param>
/// <param name="Pid">Of the run that is spoken of; null if it never had one.</param>
/// <param name="Created">When Aspire made that run, to the second.</param>
/// <param name="ExitCode">Null while it runs, and when nobody knows.</param>
internal readonly record struct AspireNews(string? State, int? Pid, DateTime? Created, int? ExitCode)
{
    // As the dashboard shows it; Aspire keeps the constant to itself.
    private const string PidProperty = "executable.pid";
    private const string Unknown = "Unknown";
    private const string Terminated = "Terminated";

    /// <summary>Whether it does not run now, as far as Aspire knows.</summary>
    public bool IsEnd => State is Unknown or Terminated || IsTerminal;

    /// <summary>Whether that run is over for good.</summary>
    public bool IsTerminal => KnownResourceStates.TerminalStates.Contains(State);

    public static AspireNews Of(CustomResourceSnapshot seen) => new(
        seen.State?.Text,
        seen.Properties.FirstOrDefault(p => p.Name == PidProperty)?.Value is { } pid ? Convert.ToInt32(pid, CultureInfo.InvariantCulture) : null,
        seen.CreationTimeStamp,
        seen.ExitCode);
}
