using System.Text.Json;
using System.Text.Json.Serialization;

namespace Geode.Service.Publications;

/// <summary>Says that a version is there: written after all of its parts. Nothing is known of a version without it.</summary>
/// <param name="Name">The partition: the publication's.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Parts">How many.</param>
/// <param name="Sha256">Of all bytes, in hexadecimal digits.</param>
/// <param name="At">When it was published, for people; nothing is decided by it.</param>
/// <param name="Region">Where.</param>
/// <param name="About">What its publisher said about it.</param>
internal sealed record VersionDocument(
    string? Id, string? Name, string? Kind, long Fence, int Number, long Length, int Parts, string? Sha256, DateTimeOffset At, string? Region,
    JsonElement? About)
{
    public const string VersionKind = "version";

    [JsonIgnore]
    public PublicationVersion Version => new(Fence, Number);

    public static string IdOf(PublicationVersion version) => $"version:{version}";

    /// <summary>Why it cannot be a version of that publication; null: it can be one. Trusts nothing in it.</summary>
    public string? Fault(string name, int mostBytes, DateTimeOffset now)
    {
        if (Name != name || Id != IdOf(Version))
            return $"version {Version} of '{name}' is announced under the id '{IdOf(Version)}' only";
        if (!Version.IsPossible(now))
            return $"its version {Version} is none that there can be";
        if (Length < 0 || Length > mostBytes)
            return $"its length is {Length} bytes; 0 to {mostBytes} are allowed";
        if (Parts < 0 || Parts > PublicationLimits.MostParts || Parts > Length || (Parts == 0 && Length > 0))
            return $"it has {Parts} parts for {Length} bytes; at most {PublicationLimits.MostParts} are allowed, and none is empty";
        return Sha256 is { Length: 64 } digits && digits.All(char.IsAsciiHexDigit) ? null : "it has no SHA-256 of 64 hexadecimal digits";
    }
}

/// <summary>Some of a version's bytes. They are in a partition of their own, so that whoever follows the versions is not sent the bytes too.</summary>
/// <param name="Name">The partition.</param>
/// <param name="Index">From 0.</param>
/// <param name="Sha256">Of these bytes.</param>
internal sealed record PartDocument(string? Id, string? Name, string? Kind, int Index, string? Sha256, byte[]? Bytes)
{
    public const string PartKind = "part";

    /// <summary>No publication can have this name.</summary>
    public static string PartitionOf(string name) => $"{name}.parts";

    public static string IdOf(PublicationVersion version, int index) => $"part:{version}:{index}";
}

/// <summary>What a region was told: that no later version than this is to be in force. Each region writes its own, and of all the last word counts.</summary>
/// <param name="Revision">When it was said, in milliseconds since 1970.</param>
/// <param name="To">The version; null or empty: none, the newest is to be in force.</param>
internal sealed record PinDocument(string? Id, string? Name, string? Kind, string? Region, long Revision, string? To, DateTimeOffset At)
{
    public const string PinKind = "pin";

    [JsonIgnore]
    public PublicationVersion? Version => PublicationVersion.TryParse(To, out var version) ? version : null;

    public static string IdOf(string region) => $"pin:{region}";

    /// <summary>The last word of all that was said; null: nothing was.</summary>
    public static PinDocument? Last(IEnumerable<PinDocument> pins) =>
        pins.OrderByDescending(pin => pin.Revision).ThenBy(pin => pin.Region, StringComparer.Ordinal).FirstOrDefault();
}
