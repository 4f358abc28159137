using System.Globalization;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>Numbers of databases and containers, from which their <c>_rid</c>s are made. They derive from the name and from how often
/// that name was created, so regions that create the same one at the same time arrive at one resource, and a deleted and
/// recreated one is new.</summary>
public static class ResourceNumber
{
    public static uint Database(string name, ulong generation) => Hash($"{name}\n{generation.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>31 bits, as resource ids allow for collections.</summary>
    public static uint Container(uint database, string name, ulong generation)
    {
        var hash = Hash($"{database.ToString(CultureInfo.InvariantCulture)}\n{name}\n{generation.ToString(CultureInfo.InvariantCulture)}") & 0x7FFF_FFFF;
        return hash == 0 ? 1 : hash;
    }

    /// <summary>31 bits, as resource ids allow for users; a database's encryption keys have numbers of that size too.</summary>
    /// <param name="kind">Tells resources of one name apart: <c>users</c>.</param>
    public static uint InDatabase(uint database, string kind, string name, ulong generation) => Container(database, $"{kind}\n{name}", generation);

    /// <summary>60 bits, as resource ids allow for permissions.</summary>
    public static ulong Permission(ulong user, string name, ulong generation)
    {
        var text = $"{user.ToString(CultureInfo.InvariantCulture)}\n{name}\n{generation.ToString(CultureInfo.InvariantCulture)}";
        var number = ((ulong)Hash(text) << 32 | Hash($"{text}\n")) & ResourceId.MaxChildNumber;
        return number == 0 ? 1 : number;
    }

    private static uint Hash(string text) => RegionId.Of(text).Value is var hash and not 0 ? hash : 1;
}
