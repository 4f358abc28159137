using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Geode.Topology;

namespace Geode.Backplane.Accounts;

/// <summary>Where the account's regions are on this machine. Each has a host of its own where that works without set-up: the .NET client's
/// diagnostics tell regions apart by host alone.</summary>
/// <param name="Kind">One of <see cref="RegionHostKinds"/>, <c>auto</c> decided.</param>
public sealed record RegionHosts(string Kind)
{
    /// <summary>All regions at 127.0.0.1.</summary>
    public static RegionHosts Shared { get; } = new(RegionHostKinds.Shared);

    /// <summary>What a planet asks for, tried out on this machine.</summary>
    /// <exception cref="PlanetException">This machine cannot do what is asked for.</exception>
    public static RegionHosts For(Planet planet) => For(planet, HasAddress, Resolves);

    internal static RegionHosts For(Planet planet, Func<IPAddress, bool> hasAddress, Func<string, bool> resolves)
    {
        var addresses = planet.Regions.Select(Address);
        var names = planet.Regions.Select(Name);
        return planet.Backplane.Hosts switch
        {
            RegionHostKinds.Shared => Shared,
            // Whichever region it is: the answer is the machine's.
            RegionHostKinds.Auto when hasAddress(addresses.First()) => new(RegionHostKinds.Addresses),
            RegionHostKinds.Auto when resolves(names.First()) => new(RegionHostKinds.Names),
            RegionHostKinds.Auto => Shared,
            RegionHostKinds.Addresses when addresses.FirstOrDefault(a => !hasAddress(a)) is { } missing => throw new PlanetException(
                $"backplane.hosts: this machine has no address {missing}; give the loopback interface that address, or use auto, names or shared."),
            RegionHostKinds.Names when names.FirstOrDefault(n => !resolves(n)) is { } unknown => throw new PlanetException(
                $"backplane.hosts: this machine does not resolve {unknown} to itself; set up its resolver, or use auto, addresses or shared."),
            var kind => new(kind),
        };
    }

    /// <summary>The region's regional endpoint, as the account lists it.</summary>
    public Uri Endpoint(Planet planet, Region region) => new(string.Create(
        CultureInfo.InvariantCulture, $"http://{HostOf(region)}:{planet.Ports.BackplaneRegional(region)}/"));

    /// <summary>Where the regional endpoint listens besides 127.0.0.1.</summary>
    public IReadOnlyList<IPAddress> ListensOn(Region region) => Kind switch
    {
        RegionHostKinds.Addresses => [Address(region)],
        // Resolvers that know such names give both.
        RegionHostKinds.Names when Socket.OSSupportsIPv6 && HasAddress(IPAddress.IPv6Loopback) => [IPAddress.IPv6Loopback],
        _ => [],
    };

    private string HostOf(Region region) => Kind switch
    {
        RegionHostKinds.Addresses => Address(region).ToString(),
        RegionHostKinds.Names => Name(region),
        _ => "127.0.0.1",
    };

    // Beside 127.0.n.x, whose blocks belong to simulated clients.
    private static IPAddress Address(Region region) => new([127, 1, 0, (byte)(region.Index + 1)]);

    private static string Name(Region region) => region.Name + ".localhost";

    private static bool HasAddress(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool Resolves(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name) is { Length: > 0 } found && Array.TrueForAll(found, IPAddress.IsLoopback);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
