using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Testing;
using Geode.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Hosting.Tests;

/// <summary>An app host of about ten lines, with a service of its own: a planet by Aspire, broken and healed by Geode.Testing.</summary>
public sealed class ShoppingPlanetTests(ShoppingFixture fixture) : IClassFixture<ShoppingFixture>, IAsyncLifetime
{
    private static readonly string[] Regions = ["westeurope", "eastus"];

    private TestPlanet Planet => fixture.Planet;

    private ResourceNotificationService States => Planet.Application!.ResourceNotifications;

    public async Task InitializeAsync() => await MendAsync();

    public async Task DisposeAsync() => await MendAsync();

    [Fact]
    public async Task What_is_written_in_one_region_is_read_in_the_other_and_survives_its_writer()
    {
        using var amsterdam = Planet.ClientIn("amsterdam");
        var (list, by) = await WriteAsync(amsterdam);
        Assert.Equal("westeurope", by);
        await Planet.ConvergedAsync();

        await Planet.KillAsync("westeurope");
        await States.WaitForResourceAsync("geode-westeurope", KnownResourceStates.Exited).WaitAsync(TimeSpan.FromMinutes(5));
        using var elsewhere = await amsterdam.GetAsync($"/api/lists/{list}");

        Assert.Equal((HttpStatusCode.OK, "eastus"), (elsewhere.StatusCode, ServedBy(elsewhere)));
        await Planet.ReviveAsync("westeurope");
        await States.WaitForResourceAsync("geode-westeurope", KnownResourceStates.Running).WaitAsync(TimeSpan.FromMinutes(5));
        using var replica = Planet.Replica("westeurope");
        using var stored = await replica.GetDatabase("shopping").GetContainer("lists").ReadItemStreamAsync(list, new(list));
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
    }

    [Fact]
    public async Task A_frozen_geode_is_shown_as_such_and_goes_on()
    {
        await Planet.FreezeAsync("eastus");

        await States.WaitForResourceAsync("geode-eastus", "Frozen").WaitAsync(TimeSpan.FromMinutes(5));
        await States.WaitForResourceAsync("api-eastus", "Frozen").WaitAsync(TimeSpan.FromMinutes(5));
        using (var newYork = Planet.ClientIn("newyork"))
            Assert.Equal("westeurope", (await WriteAsync(newYork)).By);

        await Planet.ThawAsync("eastus");
        await States.WaitForResourceAsync("api-eastus", KnownResourceStates.Running).WaitAsync(TimeSpan.FromMinutes(5));
        await Planet.HealthyAsync();
        Assert.Contains(await Planet.TimelineAsync(), e => e.Process == "api-eastus" && e.State == "frozen");
    }

    [Fact]
    public async Task Both_sides_of_a_cut_take_writes_and_agree_afterwards()
    {
        await Planet.PartitionAsync(["westeurope"], ["eastus"]);
        using var amsterdam = Planet.ClientIn("amsterdam");
        using var newYork = Planet.ClientIn("newyork");
        var written = new[] { (await WriteAsync(amsterdam)).List, (await WriteAsync(newYork)).List };
        await States.WaitForResourceAsync("geode-eastus", "Behind").WaitAsync(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<TimeoutException>(() => Planet.ConvergedAsync(limit: 1.Seconds()));

        await Planet.HealAsync();
        await Planet.ConvergedAsync();

        foreach (var region in Regions)
        {
            using var geode = new HttpClient { BaseAddress = Planet.Geode(region) };
            foreach (var list in written)
                Assert.Equal(HttpStatusCode.OK, (await geode.GetAsync($"/api/lists/{list}")).StatusCode);
        }
    }

    [Fact]
    public async Task Aspire_s_own_stop_and_start_are_understood()
    {
        await CommandAsync("api-eastus", KnownResourceCommands.StopCommand);
        await Planet.UntilAsync(
            async () => (await Planet.ProcessesAsync()).Single(p => p.Name == "api-eastus") is { Pid: null, State: ProcessState.Stopped },
            async () => string.Join(", ", (await Planet.ProcessesAsync()).Select(p => $"{p.Name} {p.State}")));

        await CommandAsync("api-eastus", KnownResourceCommands.StartCommand);
        await Planet.HealthyAsync();
    }

    [Fact]
    public async Task One_that_ends_by_itself_is_noticed_and_revived_and_whoever_revives_gets_a_healthy_geode()
    {
        foreach (var signal in (Func<int, bool>[])[UnixSignal.Kill, UnixSignal.Terminate])
        {
            signal((await ApiAsync()).Pid!.Value);

            await Planet.ReviveAsync("eastus");

            Assert.Equal(ProcessState.Healthy, (await ApiAsync()).State);
        }

        await Planet.FreezeAsync("eastus");
        await Planet.ReviveAsync("eastus");
        Assert.Equal(ProcessState.Healthy, (await ApiAsync()).State);
    }

    [LinuxFact]
    public async Task One_whose_end_Aspire_cannot_see_is_killed_and_revived_all_the_same()
    {
        var killed = await ApiAsync();
        // Aspire waits until nobody can write to a process's output any more.
        using var output = File.OpenHandle($"/proc/{killed.Pid}/fd/1", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        await Planet.KillAsync("eastus");
        Assert.Equal(ProcessState.Killed, (await ApiAsync()).State);
        await Planet.ReviveAsync("eastus");

        var revived = await ApiAsync();
        Assert.Equal(ProcessState.Healthy, revived.State);
        Assert.NotEqual(killed.Pid, revived.Pid);
        // And its end is noticed as ever.
        await Planet.KillAsync("eastus");
        await Planet.ReviveAsync("eastus");
    }

    [Fact]
    public async Task Several_who_start_it_at_the_same_time_start_it_once()
    {
        for (var round = 1; round <= 3; round++)
        {
            await Planet.KillAsync("eastus");
            var before = (await Planet.TimelineAsync()).Count(IsStart);

            await Task.WhenAll(Planet.ReviveAsync("eastus"), Planet.ReviveProcessAsync("api-eastus"), Planet.ReviveProcessAsync("api-eastus"));

            Assert.Equal(ProcessState.Healthy, (await ApiAsync()).State);
            Assert.Equal(1, (await Planet.TimelineAsync()).Count(IsStart) - before);
        }

        static bool IsStart(PlanetEvent e) => e is { Process: "api-eastus", State: "starting" };
    }

    [Fact]
    public async Task What_cannot_be_started_is_told_and_can_be_started_when_it_is_mended()
    {
        var model = Planet.Application!.Services.GetRequiredService<DistributedApplicationModel>();
        var program = model.Resources.Single(r => r.Name == "api-eastus").Annotations.OfType<ExecutableAnnotation>().Single().Command;
        await Planet.KillAsync("eastus");
        File.Move(program, program + ".away");
        try
        {
            var refused = await Assert.ThrowsAsync<PlanetException>(() => Planet.ReviveAsync("eastus"));
            Assert.Contains("api-eastus exited", refused.Message);
        }
        finally
        {
            File.Move(program + ".away", program);
        }

        await Planet.ReviveAsync("eastus");
    }

    [Fact]
    public async Task Commands_do_what_the_control_API_does()
    {
        await CommandAsync("geode-eastus", "drain");
        await States.WaitForResourceAsync("geode-eastus", "Draining").WaitAsync(TimeSpan.FromMinutes(5));
        using (var newYork = Planet.ClientIn("newyork"))
            Assert.Equal("westeurope", (await WriteAsync(newYork)).By);

        await CommandAsync("geode-eastus", "undrain");
        await States.WaitForResourceAsync("geode-eastus", KnownResourceStates.Running).WaitAsync(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_region_that_cannot_join_is_told_what_to_do_instead()
    {
        using var client = new HttpClient { BaseAddress = Planet.Control };

        using var refused = await client.PostAsJsonAsync("/planet/regions", new { name = "brazilsouth" });

        Assert.Equal(HttpStatusCode.NotImplemented, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("--regions westeurope,eastus,brazilsouth", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_link_can_be_made_longer()
    {
        await Planet.LagAsync("westeurope", "eastus", 400.Milliseconds());

        Assert.Contains(await Planet.TimelineAsync(), e => e.Kind == "link" && e.Message.Contains("400 ms", StringComparison.Ordinal));
        await Planet.LagAsync("westeurope", "eastus", 40.Milliseconds());
    }

    private async Task CommandAsync(string resource, string command)
    {
        var done = await Planet.Application!.ResourceCommands.ExecuteCommandAsync(resource, command);
        Assert.True(done.Success, $"{resource} {command}: {done.Message}");
    }

    private async Task MendAsync()
    {
        foreach (var region in Regions)
        {
            await Planet.ReviveAsync(region);
            await Planet.UndrainAsync(region);
        }
        await Planet.HealAsync();
        await Planet.HealthyAsync();
    }

    private static async Task<(string List, string By)> WriteAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/lists") { Content = JsonContent.Create(new { text = "Groceries" }) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{(int)answer.StatusCode} {text}");
        return (JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!, ServedBy(answer));
    }

    private async Task<ProcessSnapshot> ApiAsync() => (await Planet.ProcessesAsync()).Single(p => p.Name == "api-eastus");

    private static string ServedBy(HttpResponseMessage answer) => answer.Headers.GetValues("X-Geode-Served-By").Single();

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux lets others open the output of a process.";
    }
}

/// <summary>The second service's planet.</summary>
public sealed class ShoppingFixture : IAsyncLifetime
{
    public TestPlanet Planet { get; private set; } = null!;

    public async Task InitializeAsync() => Planet = await TestPlanet.StartAsync<Projects.Geode_Shopping_AppHost>();

    public async Task DisposeAsync() => await Planet.DisposeAsync();
}
