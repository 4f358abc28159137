using System.Security.Cryptography;
using System.Text;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol.Access;

/// <summary>The account's keys: two that may do everything and two that only read, so that each can be exchanged while the other serves.</summary>
/// <param name="primary">Base64, as the others; resource tokens are signed with a secret derived from it.</param>
public sealed class AccountKeys(string primary, string? secondary = null, string? readOnly = null, string? secondaryReadOnly = null)
{
    private readonly (MasterKeyAuth Auth, Caller Caller)[] _keys =
    [
        .. Of(primary, AccountCaller.Instance),
        .. Of(secondary, AccountCaller.Instance),
        .. Of(readOnly, ReadOnlyCaller.Instance),
        .. Of(secondaryReadOnly, ReadOnlyCaller.Instance),
    ];

    // Any region that has one of the account's keys can tell that a token is genuine.
    private readonly byte[][] _secrets = secondary is null ? [SecretOf(primary)] : [SecretOf(primary), SecretOf(secondary)];

    /// <summary>Whose key the signature was made with; null: nobody's.</summary>
    /// <param name="signature">Base64.</param>
    public Caller? Find(string signature, string verb, ResourceAddress address, string? xMsDate, string? httpDate)
    {
        foreach (var (auth, caller) in _keys)
        {
            if (auth.Verify(signature, verb, address, xMsDate, httpDate))
                return caller;
        }

        return null;
    }

    /// <summary>The signature of a resource token's content.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_secrets[0], content);

    /// <summary>Whether the signature is one of ours, in time that does not depend on where it differs.</summary>
    public bool IsSigned(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        var isSigned = false;
        foreach (var secret in _secrets)
            isSigned |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, content), signature);
        return isSigned;
    }

    private static IEnumerable<(MasterKeyAuth Auth, Caller Caller)> Of(string? key, Caller caller) =>
        key is null ? [] : [(new MasterKeyAuth(key), caller)];

    private static byte[] SecretOf(string key) => HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.ASCII.GetBytes("geode resource tokens 1"));
}
