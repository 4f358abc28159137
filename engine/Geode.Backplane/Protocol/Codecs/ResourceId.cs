using System.Buffers.Binary;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>
/// The <c>_rid</c> of a resource: a few hierarchical bytes in base64 with <c>-</c> for <c>/</c>.
/// Offer: 3 bytes. Database: 4. Collection or user: database + 4. Child of a collection: collection + 8.
/// </summary>
/// <remarks>
/// Numbers start at 1. A collection's number has 31 bits and is stored big-endian under a set top bit, which is what tells it
/// from a user; a child's number has 60 bits, little-endian, under a four-bit tag for its kind.
/// </remarks>
public readonly record struct ResourceId
{
    private const int OfferLength = 3;
    private const int DatabaseLength = 4;
    private const int CollectionLength = 8;
    private const int ChildLength = 16;
    private const int MaxTextLength = 24;
    private const uint CollectionFlag = 0x8000_0000;
    private const int KindShift = 60;

    /// <summary>The largest number of a child of a collection.</summary>
    public const ulong MaxChildNumber = (1UL << KindShift) - 1;

    private ResourceId(ResourceKind kind, uint database, uint owner, ulong number)
    {
        Kind = kind;
        Database = database;
        Owner = owner;
        Number = number;
    }

    public ResourceKind Kind { get; }

    /// <summary>The number of the database this resource is in or is; 0 for an offer.</summary>
    public uint Database { get; }

    /// <summary>The number of the collection this resource is in or is; 0 where there is none.</summary>
    public uint Collection => Kind is ResourceKind.User or ResourceKind.Permission ? 0 : Owner;

    /// <summary>The number of the resource itself among its siblings.</summary>
    public ulong Number { get; }

    // The collection or the user, both at the second level of the hierarchy.
    private uint Owner { get; }

    /// <summary>The id of the database this resource is in or is.</summary>
    public ResourceId DatabaseId => ForDatabase(Database);

    /// <summary>The id of the collection this resource is in or is.</summary>
    /// <exception cref="InvalidOperationException">The resource is not in a collection.</exception>
    public ResourceId CollectionId => Collection == 0
        ? throw new InvalidOperationException($"{Kind} {this} is not in a collection.")
        : ForCollection(Database, Collection);

    private int ByteLength => Kind switch
    {
        ResourceKind.Offer => OfferLength,
        ResourceKind.Database => DatabaseLength,
        ResourceKind.Collection or ResourceKind.User => CollectionLength,
        _ => ChildLength,
    };

    /// <param name="number">1 to 2^24 - 1.</param>
    public static ResourceId ForOffer(uint number) => new(ResourceKind.Offer, 0, 0, Within(number, (1 << 24) - 1));

    /// <param name="number">1 to 2^32 - 1.</param>
    public static ResourceId ForDatabase(uint number) => new(ResourceKind.Database, (uint)Within(number, uint.MaxValue), 0, number);

    /// <param name="number">1 to 2^31 - 1.</param>
    public static ResourceId ForCollection(uint database, uint number) =>
        new(ResourceKind.Collection, (uint)Within(database, uint.MaxValue), (uint)Within(number, CollectionFlag - 1), number);

    /// <param name="number">1 to 2^31 - 1.</param>
    public static ResourceId ForUser(uint database, uint number) =>
        new(ResourceKind.User, (uint)Within(database, uint.MaxValue), (uint)Within(number, CollectionFlag - 1), number);

    /// <summary>The id of something inside <paramref name="parent"/>: a collection, or a user for a permission.</summary>
    /// <param name="number">1 to <see cref="MaxChildNumber"/>.</param>
    public static ResourceId ForChild(ResourceId parent, ResourceKind kind, ulong number)
    {
        var parentKind = kind switch
        {
            ResourceKind.Permission => ResourceKind.User,
            < ResourceKind.Offer when Enum.IsDefined(kind) => ResourceKind.Collection,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not the child of a collection or a user."),
        };
        return parent.Kind == parentKind
            ? new ResourceId(kind, parent.Database, parent.Owner, Within(number, MaxChildNumber))
            : throw new ArgumentException($"The parent of a {kind} is a {parentKind}, not a {parent.Kind}.", nameof(parent));
    }

    public static ResourceId ForDocument(ResourceId collection, ulong number) =>
        ForChild(collection, ResourceKind.Document, number);

    /// <exception cref="FormatException"><paramref name="text"/> is no resource id.</exception>
    public static ResourceId Parse(ReadOnlySpan<char> text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not a resource id: expected 3, 4, 8 or 16 bytes in base64 with '-' for '/'.");

    public static bool TryParse(ReadOnlySpan<char> text, out ResourceId id)
    {
        id = default;
        if (text.Length is 0 or > MaxTextLength) return false;
        Span<char> standard = stackalloc char[MaxTextLength];
        text.Replace(standard, '-', '/');
        Span<byte> bytes = stackalloc byte[ChildLength + 2];
        if (!Convert.TryFromBase64Chars(standard[..text.Length], bytes, out var length)) return false;

        // The decoder skips white space, an id does not contain any.
        return text.Length == (length + 2) / 3 * 4 && TryRead(bytes[..length], out id);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out ResourceId id)
    {
        id = default;
        if (bytes.Length == OfferLength)
            id = new(ResourceKind.Offer, 0, 0, bytes[0] | (uint)bytes[1] << 8 | (uint)bytes[2] << 16);
        if (bytes.Length is not (DatabaseLength or CollectionLength or ChildLength)) return id.Number != 0;

        var database = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (bytes.Length == DatabaseLength)
        {
            id = new(ResourceKind.Database, database, 0, database);
            return database != 0;
        }

        var second = BinaryPrimitives.ReadUInt32BigEndian(bytes[DatabaseLength..]);
        var inCollection = (second & CollectionFlag) != 0;
        var owner = second & ~CollectionFlag;
        if (database == 0 || owner == 0) return false;
        if (bytes.Length == CollectionLength)
        {
            id = new(inCollection ? ResourceKind.Collection : ResourceKind.User, database, owner, owner);
            return true;
        }

        var third = BinaryPrimitives.ReadUInt64LittleEndian(bytes[CollectionLength..]);
        var kind = inCollection ? (ResourceKind)(third >> KindShift) : ResourceKind.Permission;
        var number = third & MaxChildNumber;
        id = new(kind, database, owner, number);
        return number != 0 && (inCollection ? Enum.IsDefined(kind) : third == number);
    }

    /// <summary>Writes the id as text.</summary>
    /// <returns>False when <paramref name="destination"/> is shorter than the text (at most 24 characters).</returns>
    public bool TryFormat(Span<char> destination, out int written)
    {
        Span<byte> bytes = stackalloc byte[ChildLength];
        bytes = bytes[..ByteLength];
        Write(bytes);
        if (!Convert.TryToBase64Chars(bytes, destination, out written)) return false;
        destination[..written].Replace('/', '-');
        return true;
    }

    private void Write(Span<byte> bytes)
    {
        if (Kind == ResourceKind.Offer)
        {
            (bytes[0], bytes[1], bytes[2]) = ((byte)Number, (byte)(Number >> 8), (byte)(Number >> 16));
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Database);
        if (Kind == ResourceKind.Database) return;
        var flag = Kind is ResourceKind.User or ResourceKind.Permission ? 0 : CollectionFlag;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[DatabaseLength..], Owner | flag);
        if (bytes.Length == CollectionLength) return;
        var tag = Kind == ResourceKind.Permission ? 0 : (ulong)Kind << KindShift;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[CollectionLength..], Number | tag);
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxTextLength];
        TryFormat(text, out var written);
        return new string(text[..written]);
    }

    private static ulong Within(ulong number, ulong max) => number >= 1 && number <= max
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"A resource number is 1 to {max}.");
}
