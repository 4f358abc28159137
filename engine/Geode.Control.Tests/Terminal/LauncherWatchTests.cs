using Geode.Control.Terminal;

namespace Geode.Control.Tests.Terminal;

public class LauncherWatchTests
{
    [Theory]
    [InlineData(true, "dotnet", "run", "--project", "Geode.AppHost")]
    [InlineData(true, "/usr/share/dotnet/dotnet", "run")]
    [InlineData(true, "/usr/bin/dotnet", "watch", "run")]
    [InlineData(true, "dotnet", "/usr/share/dotnet/sdk/10.0.100/dotnet.dll", "run")]
    [InlineData(false, "dotnet", "test")]
    [InlineData(false, "dotnet", "Geode.AppHost.dll")]
    [InlineData(false, "bash", "run")]
    [InlineData(false, "")]
    public void Only_dotnet_run_and_watch_are_launchers(bool expected, params string[] words) =>
        Assert.Equal(expected, LauncherWatch.IsLauncher(string.Join('\0', words) + '\0'));
}
