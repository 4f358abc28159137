using Geode.Topology;

namespace Geode.Service.Stamps.Forwarding;

/// <summary>Where this process passes requests on to whose tenants are in other stamps: base addresses of routers, or of geodes, by stamp. None where the
/// router in front follows a 421 by itself, as the local one does.</summary>
internal sealed class StampAddresses
{
    private readonly Dictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    private StampAddresses()
    {
    }

    /// <summary>Whether any is known.</summary>
    public bool Any => _addresses.Count > 0;

    /// <summary>Null: none is known.</summary>
    public Uri? Of(string stamp) => _addresses.GetValueOrDefault(stamp);

    /// <summary>Reads <c>Geode__Stamps__NAME</c>.</summary>
    /// <exception cref="PlanetException">There is no such stamp, or it is no address.</exception>
    public static StampAddresses Read(IConfiguration configuration, StampPlace place)
    {
        var addresses = new StampAddresses();
        foreach (var given in configuration.GetSection("Geode:Stamps").GetChildren())
        {
            var stamp = place.Whole.FindStamp(given.Key)
                ?? throw new PlanetException($"{PlanetEnvironment.StampAddress}{given.Key}: there is no such stamp; allowed are {string.Join(", ", place.Whole.Stamps.Select(s => s.Name))}.");
            if (!Uri.TryCreate(given.Value, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.PathAndQuery != "/")
                throw new PlanetException($"{PlanetEnvironment.StampAddress}{given.Key}: '{given.Value}' is not the base address of a router; allowed is one like https://eu.example.com/.");
            if (!place.IsOwn(stamp.Name))
                addresses._addresses[stamp.Name] = address;
        }

        return addresses;
    }
}
