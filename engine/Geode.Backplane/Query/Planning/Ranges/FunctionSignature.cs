using System.Collections.Frozen;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>Which types a built-in function takes and yields; arguments of other types make it undefined.</summary>
internal sealed class FunctionSignature
{
    // Name, result, parameters. Types by letter: u undefined, z null, b boolean, n number, + number from 0, s string, a array,
    // o object, d anything defined, * anything. Functions are undefined for some arguments unless marked with !. The last
    // parameter stands for all after it.
    private const string Table = """
        ABS + n;ACOS n n;ARRAY_AVG n a;ARRAY_CONCAT a a sa;ARRAY_CONTAINS b a d b;ARRAY_CONTAINS_ALL b a *
        ARRAY_CONTAINS_ANY b a *;ARRAY_LENGTH + a;ARRAY_MAX * a;ARRAY_MEDIAN n a;ARRAY_MIN * a;ARRAY_SLICE a a n;ARRAY_SUM n a
        ASIN n n;ATAN n n;ATN2 n n;CEILING n n;CONCAT s s;CONTAINS b s s b;COS n n;COT n n;ContainsAllCI b s *;ContainsAllCS b s *
        ContainsAnyCI b s *;ContainsAnyCS b s *;DEGREES n n;DOCUMENTID n o;DateTimeAdd s s n s;DateTimeBin s s s n s
        DateTimeDiff n s;DateTimeFormat s s;DateTimeFromParts s n;DateTimePart n s;DateTimeToTicks n s;DateTimeToTimestamp n s
        ENDSWITH b s s b;EXP n n;FLOOR n n;FullTextContains b s so;FullTextContainsAll b s *;FullTextContainsAny b s *
        GetCurrentDateTime !s;GetCurrentDateTimeStatic !s;GetCurrentTicks !n
        GetCurrentTicksStatic !n;GetCurrentTimestamp !n;GetCurrentTimestampStatic !n;INDEX_OF n s s n;IS_ARRAY !b *;IS_BOOL !b *
        IS_DATETIME !b *;IS_DEFINED !b *;IS_FINITE_NUMBER !b *;IS_INTEGER !b *;IS_NULL !b *;IS_NUMBER !b *;IS_OBJECT !b *
        IS_PRIMITIVE !b *;IS_STRING !b *;IntAdd n n;IntBitAnd n n;IntBitLeftShift n n;IntBitNot n n;IntBitOr n n
        IntBitRightShift n n;IntBitXor n n;IntDiv n n;IntMod n n;IntMul n n;IntSub n n;LASTINDEXOF n s s *;LEFT s s n;LENGTH + s
        LOG n n;LOG10 n n;LOWER s s;LTRIM s s;LastSubstringAfter s s;LastSubstringBefore s s;NumberBin n n;ObjectToArray a zo *
        PI !n;POWER n n;RADIANS n n;RAND !n;REPLACE s s;REPLICATE s zs d;REVERSE s s;RIGHT s s n;ROUND n n;RTRIM s s
        RegexExtract s s s s *;RegexExtractAll a s s s *;RegexMatch b s;RegexReplace s s;RegexReplaceAll s s;SIGN n n;SIN n n
        SQRT + n;SQUARE + n;STARTSWITH b s s b;ST_AREA n d;ST_DISTANCE n d;ST_INTERSECTS b d;ST_ISVALID !b *
        ST_ISVALIDDETAILED !o *;ST_WITHIN b d;SUBSTRING s s n;SetDifference a a;SetEqual b a;SetIntersect a a;SetUnion a a
        StringEquals b s s b;StringJoin s a s;StringSplit a s;StringToArray a s;StringToBoolean b s;StringToNull * s
        StringToNumber n s;StringToObject o s;SubstringAfter s s;SubstringBefore s s;TAN n n;TRIM s s;TRUNC n n
        TicksToDateTime s n s;TimestampToDateTime s n s;ToString s d;UPPER s s
        """;

    private static readonly FrozenDictionary<string, FunctionSignature> All = Table
        .Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' '))
        .ToFrozenDictionary(row => row[0], row => new FunctionSignature(row[1], row[2..]), StringComparer.OrdinalIgnoreCase);

    private readonly ValueSet[] _parameters;

    private FunctionSignature(string result, string[] parameters)
    {
        var total = result[0] == '!';
        Result = total ? Types(result.AsSpan(1)) : Types(result).Union(ValueSet.Undefined);
        _parameters = Array.ConvertAll(parameters, types => Types(types));
    }

    public ValueSet Result { get; }

    public static FunctionSignature? Of(string name) => All.GetValueOrDefault(name);

    public ValueSet Parameter(int index) => _parameters.Length == 0 ? ValueSet.All : _parameters[Math.Min(index, _parameters.Length - 1)];

    private static ValueSet Types(ReadOnlySpan<char> letters)
    {
        var types = ValueSet.None;
        foreach (var letter in letters)
        {
            types = types.Union(letter switch
            {
                'u' => ValueSet.Undefined,
                'z' => ValueSet.Null,
                'b' => ValueSet.Booleans,
                'n' => ValueSet.AllNumbers,
                '+' => ValueSet.OfNumber(new(Bound<double>.Including(0), Bound<double>.None)),
                's' => ValueSet.AllStrings,
                'a' => ValueSet.AllArrays,
                'o' => ValueSet.AllObjects,
                'd' => ValueSet.Defined,
                _ => ValueSet.All,
            });
        }

        return types;
    }
}
