namespace Geode.Backplane.Query.Values;

/// <summary>The types of the query language, in the order ORDER BY sorts them.</summary>
public enum SqlKind : byte
{
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
