using System.Security.Cryptography;
using System.Text.Json;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Publications;

/// <summary>Puts the parts of a version together.</summary>
internal sealed class VersionLoader(PublicationBoard board)
{
    /// <summary>Its bytes, exactly as they were published.</summary>
    /// <exception cref="VersionIncompleteException">A part has not arrived yet.</exception>
    /// <exception cref="InvalidDataException">The parts are not what was published.</exception>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public async Task<ReadOnlyMemory<byte>> LoadAsync(string name, VersionDocument version, CancellationToken cancellation)
    {
        var parts = new List<byte[]>();
        var length = 0L;
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0; index < version.Parts; index++)
        {
            var bytes = await PartAsync(name, version, index, cancellation);
            length += bytes.Length;
            // Before more of them are held than was said.
            if (length > version.Length)
                throw new InvalidDataException($"its parts are longer than the {version.Length} bytes that it says");
            whole.AppendData(bytes);
            parts.Add(bytes);
        }

        if (length < version.Length)
            throw new InvalidDataException($"its parts are {length} bytes, it says {version.Length}");
        if (!Same(whole.GetHashAndReset(), version.Sha256))
            throw new InvalidDataException("the SHA-256 of its bytes is another than it says");
        return Together(parts, (int)length);
    }

    private async Task<byte[]> PartAsync(string name, VersionDocument version, int index, CancellationToken cancellation)
    {
        var json = await board.TryReadAsync(PartDocument.IdOf(version.Version, index), PartDocument.PartitionOf(name), cancellation)
            ?? throw new VersionIncompleteException($"part {index + 1} of {version.Parts} has not arrived");
        if (Read(json) is not { Bytes: { Length: > 0 } bytes } part || part.Index != index)
            throw new InvalidDataException($"part {index + 1} of {version.Parts} cannot be read");
        return Same(SHA256.HashData(bytes), part.Sha256)
            ? bytes
            : throw new InvalidDataException($"the SHA-256 of part {index + 1} of {version.Parts} is another than it says");
    }

    private static PartDocument? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<PartDocument>(json, BackplaneJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Same(byte[] hash, string? digits) => string.Equals(Convert.ToHexString(hash), digits, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlyMemory<byte> Together(List<byte[]> parts, int length)
    {
        if (parts.Count == 1)
            return parts[0];
        var all = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }
}

/// <summary>Not all of a version is here yet.</summary>
internal sealed class VersionIncompleteException(string message) : Exception(message);
