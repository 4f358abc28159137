using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>What a call of VectorDistance must be like: its third argument a boolean, its fourth an object of options that exist.</summary>
internal static class VectorCheck
{
    private static readonly Dictionary<string, (string Code, int Least, int Most, bool IsWhole)> Numbers = new(StringComparer.Ordinal)
    {
        [VectorFunctions.SearchListSizeMultiplierOption] = ("SC2213", 1, 100, true),
        [VectorFunctions.QuantizedVectorListMultiplierOption] = ("SC2214", 1, 50, true),
        [VectorFunctions.FilterPriorityOption] = ("SC2215", 0, 1, false),
    };

    /// <summary>What is wrong with the call; null when nothing is.</summary>
    public static SqlError? Of(SqlFunctionCall call, QueryParameters parameters)
    {
        var arguments = call.Arguments;
        if (arguments.Count > 2 && !Value(arguments[2], parameters).IsBoolean) return VectorErrors.NotBoolean(arguments[2].Span);
        if (arguments.Count <= 3) return null;
        var span = arguments[3].Span;
        if (arguments[3] is not SqlObject options) return Value(arguments[3], parameters).IsObject ? null : VectorErrors.NoObject(span);
        return options.Properties.Select(option => Of(option.Name, Value(option.Value, parameters), span)).FirstOrDefault(error => error is not null);
    }

    private static SqlError? Of(string name, in SqlValue value, SourceSpan span)
    {
        switch (name)
        {
            case VectorFunctions.DistanceFunctionOption or VectorFunctions.DataTypeOption when !value.IsString:
                return VectorErrors.WrongType(name, "string", span);
            case VectorFunctions.DistanceFunctionOption:
                return DistanceFunctions.Parse(value.Text) is null ? VectorErrors.WrongValue(name, value.Text, span) : null;
            case VectorFunctions.DataTypeOption:
                return VectorDataTypes.Parse(value.Text) is null ? VectorErrors.WrongValue(name, value.Text, span) : null;
            case var _ when !Numbers.ContainsKey(name):
                return VectorErrors.UnknownOption(name, span);
            default:
                return value.IsNumber ? OfNumber(name, value.Number, span) : VectorErrors.WrongType(name, "number", span);
        }
    }

    private static SqlError? OfNumber(string name, double value, SourceSpan span)
    {
        var (code, least, most, isWhole) = Numbers[name];
        if (isWhole && Math.Floor(value) != value) return VectorErrors.WrongNumber(code, name, "an integer", least, most, span);
        if (value >= least && value <= most) return null;
        return isWhole ? VectorErrors.OutOfRange(code, name, value, least, most, span) : VectorErrors.WrongNumber(code, name, "a value", least, most, span);
    }

    // Literals, and parameters in their place; anything else is none.
    private static SqlValue Value(SqlExpression expression, QueryParameters parameters) => expression switch
    {
        SqlBooleanLiteral literal => SqlValue.From(literal.Value),
        SqlNumberLiteral literal => SqlValue.From(literal.Value),
        SqlStringLiteral literal => SqlValue.From(literal.Value),
        SqlParameter parameter when parameters.TryGet(parameter.Name, out var given) => given,
        _ => SqlValue.Undefined,
    };
}
