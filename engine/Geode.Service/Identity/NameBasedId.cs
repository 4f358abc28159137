using System.Security.Cryptography;
using System.Text;

namespace Geode.Service.Identity;

/// <summary>UUIDs that follow from a name (RFC 9562, version 8 with SHA-256): the same name gives the same id everywhere.</summary>
internal static class NameBasedId
{
    private static readonly byte[] Namespace = new Guid("5f1b64b2-4a5e-4b0c-9d55-7a3c8be1d1f0").ToByteArray(bigEndian: true);

    /// <summary>32 lower-case hex digits.</summary>
    public static string Create(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. Namespace, .. Encoding.UTF8.GetBytes(name)], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
