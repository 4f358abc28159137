using Geode.Control.Processes;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local;

/// <summary>Aspire's dashboard on its own, as <c>aspire dashboard run</c> starts it.</summary>
internal static class Dashboard
{
    public const string ExporterVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string Exporter = "http://localhost:4317";
    public const int Port = 18888;

    private static readonly string Frontend = $"http://localhost:{Port}";

    /// <exception cref="PlanetException">The <c>aspire</c> command is not on the PATH.</exception>
    public static ProcessSpec Spec() => new(
        "dashboard", ProcessRole.Dashboard, null,
        [Command(), "dashboard", "run", "--frontend-url", Frontend, "--otlp-grpc-url", Exporter, "--allow-anonymous"],
        Port, new(Frontend), new Dictionary<string, string>())
    {
        IsForeign = true,
    };

    private static string Command()
    {
        var name = OperatingSystem.IsWindows() ? "aspire.exe" : "aspire";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new PlanetException(
                "--dashboard needs the 'aspire' command, which is not on the PATH (aspire.dev says how to install it). "
                + $"Any other collector works too: set {ExporterVariable}.");
    }
}
