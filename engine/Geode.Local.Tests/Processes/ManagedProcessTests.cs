using System.Net;
using Geode.Control.Processes;
using Geode.Local.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Local.Tests.Processes;

public class ManagedProcessTests
{
    [Fact]
    public async Task An_unexpected_end_is_reported_and_what_is_no_Api_is_not_restarted()
    {
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"), recorder);
        var worker = planet.Processes.Single(p => p.Role == ProcessRole.Worker);

        UnixSignal.Kill(worker.Pid!.Value);

        var exited = await recorder.EventAsync("worker-eastus", "exited");
        Assert.Contains("137", exited.Message);
        Assert.Equal("eastus", exited.Region);
        var after = planet.Processes.Single(p => p.Role == ProcessRole.Worker);
        Assert.Equal((ProcessState.Exited, null, exited.At), (after.State, after.Pid, after.Since));
    }

    [Fact]
    public async Task Health_is_followed_as_long_as_the_process_runs()
    {
        await using var server = await FakeServer.StartAsync();
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(
            FreePlanets.OnFreePorts("eastus"), recorder, health: name => name == "api-eastus" ? new(server.Address, "health/ready") : null);

        server.Status = HttpStatusCode.ServiceUnavailable;
        var unhealthy = await recorder.EventAsync("api-eastus", "unhealthy");
        server.Status = HttpStatusCode.OK;

        await recorder.UntilAsync(() => recorder.Events.Any(e => e.Process == "api-eastus" && e.State == "healthy" && e.Id > unhealthy.Id));
    }

    [Fact]
    public async Task Output_goes_to_the_log_file_and_records_are_understood()
    {
        const string Script = """
            printf '%s\n' '{"LogLevel":"Information","Message":"up"}'
            printf '%s\n' '{"LogLevel":"Warning","Message":"slow disk","Exception":"System.TimeoutException: 5 s\n at X"}'
            echo plain
            echo torn >&2
            exec sleep 1000
            """;
        var data = Directory.CreateTempSubdirectory("planet-test-").FullName;
        var recorder = new Recorder();
        await using (await TestPlanets.StartAsync(
            FreePlanets.OnFreePorts("eastus"), recorder, name => name == "api-eastus" ? Script : TestPlanets.Forever, data: data))
        {
            await recorder.UntilAsync(() => recorder.Lines.Count >= 4);
        }

        Assert.Equal(
            [("plain", null), ("slow disk (System.TimeoutException: 5 s)", "Warning"), ("torn", "Error"), ("up", "Information")],
            recorder.Lines.Select(l => (l.Text, l.Level)).OrderBy(l => l.Text, StringComparer.Ordinal));
        Assert.All(recorder.Lines, l => Assert.Equal("api-eastus", l.Process));
        var log = await File.ReadAllLinesAsync(Path.Combine(data, "logs", "api-eastus.log"));
        Assert.Contains("plain", log);
        Assert.Contains("torn", log);
        Assert.Equal(4, log.Length);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_child_knows_its_parent_and_has_an_open_standard_input()
    {
        var recorder = new Recorder();
        // A closed standard input would end the read at once, and the process with it.
        await using var planet = await TestPlanets.StartAsync(
            FreePlanets.OnFreePorts("eastus"), recorder, name => name == "router" ? $"echo parent ${PlanetEnvironment.Parent}; read never" : TestPlanets.Forever);

        await recorder.UntilAsync(() => recorder.Lines.Any(l => l.Text == $"parent {Environment.ProcessId}"));
        Assert.Equal(ProcessState.Healthy, planet.Processes.Single(p => p.Role == ProcessRole.Router).State);
    }
}
