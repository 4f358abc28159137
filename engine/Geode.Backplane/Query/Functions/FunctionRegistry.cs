using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Functions.Vectors;

namespace Geode.Backplane.Query.Functions;

/// <summary>Every built-in function by name. The planner asks it what exists, the executor what it does.</summary>
public static class FunctionRegistry
{
    private static readonly FrozenDictionary<string, SqlFunction> Scalars = Build();

    private static readonly FrozenSet<string> Aggregates = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "AVG", "COUNT", "COUNTIF", "MAKELIST", "MAKESET", "MAX", "MIN", "SUM");

    /// <summary>Whether a built-in of that name exists, and how many arguments it takes.</summary>
    /// <param name="min">The fewest.</param>
    /// <param name="max">The most; <see cref="int.MaxValue"/> where there is no bound.</param>
    public static bool TryGet(string name, out int min, out int max)
    {
        if (Scalars.TryGetValue(name, out var function))
        {
            (min, max) = (function.MinArity, function.MaxArity);
            return true;
        }

        min = max = 1;
        return Aggregates.Contains(name);
    }

    /// <summary>Whether the name is that of an aggregate: COUNT, SUM, AVG, MIN, MAX, COUNTIF, MAKELIST or MAKESET.</summary>
    public static bool IsAggregate(string name) => Aggregates.Contains(name);

    internal static bool TryGetScalar(string name, [NotNullWhen(true)] out SqlFunction? function) =>
        Scalars.TryGetValue(name, out function);

    private static FrozenDictionary<string, SqlFunction> Build()
    {
        var table = new FunctionTable();
        StringFunctions.Register(table);
        StringSearchFunctions.Register(table);
        StringParsingFunctions.Register(table);
        RegexFunctions.Register(table);
        MathFunctions.Register(table);
        IntegerFunctions.Register(table);
        ArrayFunctions.Register(table);
        ArrayStatisticsFunctions.Register(table);
        SetFunctions.Register(table);
        TypeFunctions.Register(table);
        DateTimeFunctions.Register(table);
        ClockFunctions.Register(table);
        SpatialFunctions.Register(table);
        ItemFunctions.Register(table);
        VectorFunctions.Register(table);
        FullTextFunctions.Register(table);
        return table.Freeze();
    }
}
