using System.Collections.Frozen;

namespace Geode.Backplane.Query.Syntax;

/// <summary>Which words are not identifiers. Most match in any case; the literals and <c>udf</c> only as written here.</summary>
internal static class Keywords
{
    private static readonly FrozenDictionary<string, TokenKind> AnyCase = new Dictionary<string, TokenKind>
    {
        ["and"] = TokenKind.And,
        ["array"] = TokenKind.Array,
        ["as"] = TokenKind.As,
        ["asc"] = TokenKind.Asc,
        ["between"] = TokenKind.Between,
        ["by"] = TokenKind.By,
        ["desc"] = TokenKind.Desc,
        ["distinct"] = TokenKind.Distinct,
        ["escape"] = TokenKind.Escape,
        ["exists"] = TokenKind.Exists,
        ["from"] = TokenKind.From,
        ["group"] = TokenKind.Group,
        ["in"] = TokenKind.In,
        ["join"] = TokenKind.Join,
        ["left"] = TokenKind.Left,
        ["like"] = TokenKind.Like,
        ["limit"] = TokenKind.Limit,
        ["not"] = TokenKind.Not,
        ["offset"] = TokenKind.Offset,
        ["or"] = TokenKind.Or,
        ["order"] = TokenKind.Order,
        ["right"] = TokenKind.Right,
        ["select"] = TokenKind.Select,
        ["top"] = TokenKind.Top,
        ["value"] = TokenKind.Value,
        ["where"] = TokenKind.Where,
        ["case"] = TokenKind.Reserved,
        ["cast"] = TokenKind.Reserved,
        ["convert"] = TokenKind.Reserved,
        ["cross"] = TokenKind.Reserved,
        ["else"] = TokenKind.Reserved,
        ["end"] = TokenKind.Reserved,
        ["for"] = TokenKind.Reserved,
        ["having"] = TokenKind.Reserved,
        ["inner"] = TokenKind.Reserved,
        ["insert"] = TokenKind.Reserved,
        ["into"] = TokenKind.Reserved,
        ["is"] = TokenKind.Reserved,
        ["on"] = TokenKind.Reserved,
        ["outer"] = TokenKind.Reserved,
        ["over"] = TokenKind.Reserved,
        ["set"] = TokenKind.Reserved,
        ["then"] = TokenKind.Reserved,
        ["update"] = TokenKind.Reserved,
        ["when"] = TokenKind.Reserved,
        ["with"] = TokenKind.Reserved,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TokenKind>.AlternateLookup<ReadOnlySpan<char>> AnyCaseSpans =
        AnyCase.GetAlternateLookup<ReadOnlySpan<char>>();

    public static TokenKind Classify(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "true": return TokenKind.True;
            case "false": return TokenKind.False;
            case "null": return TokenKind.Null;
            case "undefined": return TokenKind.Undefined;
            case "udf": return TokenKind.Udf;
            case "Infinity": return TokenKind.Infinity;
            case "NaN": return TokenKind.NaN;
        }

        return word.Length is >= 2 and <= 8 && AnyCaseSpans.TryGetValue(word, out var kind) ? kind : TokenKind.Identifier;
    }
}
