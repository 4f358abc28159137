using Geode.Hosting.Terminal;

namespace Geode.Hosting.Tests.Terminal;

public sealed class DashboardPortsTests
{
    [Fact]
    public void A_planet_that_is_moved_takes_its_dashboard_along() => Assert.Equal(
        [
            "--ASPNETCORE_URLS=http://localhost:8998", "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:8997",
            "--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:8996", "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
        ],
        DashboardPorts.Of(new(9000)));

    [Fact]
    public void The_lowest_planet_has_no_room_below_it() => Assert.Empty(DashboardPorts.Of(new(1025)));
}
