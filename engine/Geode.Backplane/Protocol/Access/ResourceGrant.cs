using System.Text.Json;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Access;

/// <summary>What a resource token carries: what its permission allowed when it was issued. So it serves in a region that the permission
/// has not reached yet, and ends wherever it is known that the permission was replaced or deleted.</summary>
/// <param name="Permission">The permission's path: <c>dbs/d/users/u/permissions/p</c>.</param>
/// <param name="Generation">See <see cref="CatalogEntry.Generation"/>.</param>
/// <param name="Stamp">With <paramref name="Region"/>: which version of the permission.</param>
/// <param name="Container">The number of the container that it allows something in; 0 when there was none of that name.</param>
/// <param name="WritesToo">Mode <c>All</c> rather than <c>Read</c>.</param>
/// <param name="Type">Null for the whole container; else <c>docs</c>, <c>sprocs</c>, <c>triggers</c>, <c>udfs</c>, and the one of <paramref name="Name"/>.</param>
/// <param name="Key">The one partition key, or prefix of a hierarchical one, as canonical JSON; null: every key.</param>
/// <param name="Issued">Seconds since 1970, as <paramref name="Expires"/>.</param>
public sealed record ResourceGrant(
    string Permission, ulong Generation, long Stamp, uint Region, ulong Container, bool WritesToo, string? Type, string? Name, string? Key, long Issued, long Expires)
{
    // No reflection, and no member that is not written by hand.
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Permission);
            writer.WriteNumberValue(Generation);
            writer.WriteNumberValue(Stamp);
            writer.WriteNumberValue(Region);
            writer.WriteNumberValue(Container);
            writer.WriteBooleanValue(WritesToo);
            writer.WriteStringValue(Type);
            writer.WriteStringValue(Name);
            writer.WriteStringValue(Key);
            writer.WriteNumberValue(Issued);
            writer.WriteNumberValue(Expires);
            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <param name="content">From <see cref="Write"/>; its signature has been checked.</param>
    public static ResourceGrant Read(ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        var at = document.RootElement;
        return new ResourceGrant(
            at[0].GetString()!,
            at[1].GetUInt64(),
            at[2].GetInt64(),
            at[3].GetUInt32(),
            at[4].GetUInt64(),
            at[5].GetBoolean(),
            at[6].GetString(),
            at[7].GetString(),
            at[8].GetString(),
            at[9].GetInt64(),
            at[10].GetInt64());
    }

    /// <summary>Whether it is known here that the permission is another by now, or gone.</summary>
    public bool IsRevoked(Catalog catalog)
    {
        if (catalog.FindAny(Permission) is not { } known || known.Generation < Generation)
            return false;
        if (known.Generation > Generation || known.Deleted)
            return true;
        var order = (known.Commit.Stamp, known.Commit.Dot.Region.Value).CompareTo((Stamp, Region));
        // The very version it was issued for may be out of reach: its user or database is gone.
        return order > 0 || (order == 0 && !ReferenceEquals(catalog.Find(Permission), known));
    }
}
