namespace Geode.Topology;

/// <summary>Files that users attach: each is stored in the region that took it and copied to that region's pair, and to no other.</summary>
/// <param name="MaxMegabytes">Largest attachment, in MiB.</param>
public sealed record AttachmentSettings(int MaxMegabytes = 16)
{
    /// <summary>Of <see cref="MaxMegabytes"/>.</summary>
    public const int MostMegabytes = 256;

    /// <summary>Largest attachment, in bytes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long MaxBytes => (long)MaxMegabytes << 20;
}
