using System.Net;
using System.Net.Sockets;
using Geode.Control.Processes;

namespace Geode.Control.Tests.Processes;

public sealed class HealthProbeTests
{
    [Fact]
    public async Task Tells_whether_anyone_listens_without_asking_for_more()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/health/ready");
        Assert.True(await HealthProbe.IsListenedToAsync(address, CancellationToken.None));

        listener.Stop();
        Assert.False(await HealthProbe.IsListenedToAsync(address, CancellationToken.None));
    }
}
