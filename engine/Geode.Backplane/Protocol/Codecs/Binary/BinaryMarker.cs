namespace Geode.Backplane.Protocol.Codecs.Binary;

/// <summary>The byte that begins each value of Cosmos DB's binary JSON and says what follows. Lengths, counts and numbers are little-endian.</summary>
internal static class BinaryMarker
{
    /// <summary>The first byte of a document. No text begins with it, so a body says by itself what it is.</summary>
    public const byte Preamble = 0x80;

    // Below it the marker is the number.
    public const byte FirstSystemString = 0x20;
    public const byte FirstUserString = 0x40;
    public const byte FirstReserved = 0x68;

    public const byte Base64L1 = 0x71;
    public const byte Base64L2 = 0x72;
    public const byte Base64UrlL1 = 0x73;
    public const byte Base64UrlL2 = 0x74;
    public const byte GuidLower = 0x75;
    public const byte GuidUpper = 0x76;
    public const byte GuidQuoted = 0x77;
    public const byte HexLower = 0x78;
    public const byte HexUpper = 0x79;
    public const byte DateTime = 0x7A;
    public const byte Packed4 = 0x7B;
    public const byte Packed5 = 0x7C;
    public const byte Packed6 = 0x7D;
    public const byte Packed7L1 = 0x7E;
    public const byte Packed7L2 = 0x7F;

    // 64 lengths from here.
    public const byte FirstShortString = 0x80;
    public const byte StringL1 = 0xC0;
    public const byte StringL2 = 0xC1;
    public const byte StringL4 = 0xC2;
    public const byte Reference1 = 0xC3;
    public const byte Reference4 = 0xC6;

    public const byte NumberUInt64 = 0xC7;
    public const byte NumberUInt8 = 0xC8;
    public const byte NumberInt16 = 0xC9;
    public const byte NumberInt32 = 0xCA;
    public const byte NumberInt64 = 0xCB;
    public const byte NumberDouble = 0xCC;
    public const byte Float32 = 0xCD;
    public const byte Float64 = 0xCE;
    public const byte Float16 = 0xCF;

    public const byte Null = 0xD0;
    public const byte False = 0xD1;
    public const byte True = 0xD2;
    public const byte Guid = 0xD3;
    public const byte UInt8 = 0xD7;
    public const byte Int8 = 0xD8;
    public const byte Int16 = 0xD9;
    public const byte Int32 = 0xDA;
    public const byte Int64 = 0xDB;
    public const byte UInt32 = 0xDC;
    public const byte BytesL1 = 0xDD;
    public const byte BytesL2 = 0xDE;
    public const byte BytesL4 = 0xDF;

    public const byte Array0 = 0xE0;
    public const byte Array1 = 0xE1;
    public const byte ArrayL1 = 0xE2;
    public const byte ArrayL2 = 0xE3;
    public const byte ArrayL4 = 0xE4;
    public const byte ArrayLC1 = 0xE5;
    public const byte ArrayLC2 = 0xE6;
    public const byte ArrayLC4 = 0xE7;

    public const byte Object0 = 0xE8;
    public const byte Object1 = 0xE9;
    public const byte ObjectL1 = 0xEA;
    public const byte ObjectL2 = 0xEB;
    public const byte ObjectL4 = 0xEC;
    public const byte ObjectLC1 = 0xED;
    public const byte ObjectLC2 = 0xEE;
    public const byte ObjectLC4 = 0xEF;

    public const byte NumbersC1 = 0xF0;
    public const byte NumbersC2 = 0xF1;
    public const byte NumberArraysC1 = 0xF2;
    public const byte NumberArraysC2 = 0xF3;
}
