using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Geode.Router.Clients;

/// <summary>What makes two requests those of one client: the address they come from.</summary>
internal static class ClientKey
{
    /// <summary>Of IPv6 the /64: a home or an office has it to itself, and one address of it is as good as another.</summary>
    public static UInt128 Of(IPAddress? client)
    {
        if (client is null)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        client.TryWriteBytes(bytes, out var length);
        if (client.AddressFamily == AddressFamily.InterNetworkV6 && !client.IsIPv4MappedToIPv6)
            bytes[8..].Clear();
        return length == 4
            ? new UInt128(1, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : client.IsIPv4MappedToIPv6
                ? new UInt128(1, BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]))
                : new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), 2);
    }
}
