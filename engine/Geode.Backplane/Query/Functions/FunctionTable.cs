using System.Collections.Frozen;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Collects the families' functions.</summary>
internal sealed class FunctionTable
{
    public const int AnyNumber = int.MaxValue;

    private readonly Dictionary<string, SqlFunction> _functions = new(StringComparer.OrdinalIgnoreCase);

    public FrozenDictionary<string, SqlFunction> Freeze() => _functions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, int min, int max, FunctionBody body, bool pure = true) =>
        _functions.Add(name, new SqlFunction(name, min, max, body, pure));

    /// <summary>A function that compiles its calls by itself.</summary>
    public void Add(string name, int min, int max, CallCompiler compile) =>
        _functions.Add(name, new SqlFunction(name, min, max, (_, _) => SqlValue.Undefined, Pure: false) { Compile = compile });

    /// <summary>One argument of any type.</summary>
    public void Any(string name, Func<SqlValue, SqlValue> body) => Add(name, 1, 1, (arguments, _) => body(arguments[0]));

    /// <summary>Two arguments of any type.</summary>
    public void Any(string name, Func<SqlValue, SqlValue, SqlValue> body) =>
        Add(name, 2, 2, (arguments, _) => body(arguments[0], arguments[1]));

    /// <summary>One number.</summary>
    public void Number(string name, Func<double, double> body) =>
        Any(name, value => value.IsNumber ? SqlValue.From(body(value.Number)) : SqlValue.Undefined);

    /// <summary>Two numbers.</summary>
    public void Number(string name, Func<double, double, double> body) =>
        Any(name, (a, b) => a.IsNumber && b.IsNumber ? SqlValue.From(body(a.Number, b.Number)) : SqlValue.Undefined);

    /// <summary>Two 64-bit integers; null is undefined.</summary>
    public void Integer(string name, Func<long, long, long?> body) => Any(name, (a, b) =>
        a.TryGetInteger(out var left) && b.TryGetInteger(out var right) && body(left, right) is { } result
            ? SqlValue.From(result)
            : SqlValue.Undefined);

    /// <summary>One string.</summary>
    public void String(string name, Func<string, SqlValue> body) =>
        Any(name, value => value.IsString ? body(value.Text) : SqlValue.Undefined);

    /// <summary>Two strings.</summary>
    public void String(string name, Func<string, string, SqlValue> body) =>
        Any(name, (a, b) => a.IsString && b.IsString ? body(a.Text, b.Text) : SqlValue.Undefined);

    /// <summary>One array.</summary>
    public void Array(string name, Func<SqlValue, SqlValue> body) =>
        Any(name, value => value.IsArray ? body(value) : SqlValue.Undefined);

    /// <summary>Two arrays.</summary>
    public void Array(string name, Func<SqlValue, SqlValue, SqlValue> body) =>
        Any(name, (a, b) => a.IsArray && b.IsArray ? body(a, b) : SqlValue.Undefined);
}
