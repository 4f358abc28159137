using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>IS_… and IIF: always true or false, for undefined too.</summary>
internal static class TypeFunctions
{
    public static void Register(FunctionTable table)
    {
        Test(table, "IS_ARRAY", value => value.IsArray);
        Test(table, "IS_BOOL", value => value.IsBoolean);
        Test(table, "IS_BOOLEAN", value => value.IsBoolean);
        Test(table, "IS_DATETIME", value => value.IsString && IsoDateTime.TryParse(value.Text, out _));
        Test(table, "IS_DEFINED", value => !value.IsUndefined);
        Test(table, "IS_FINITE_NUMBER", value => value.IsNumber && double.IsFinite(value.Number));
        Test(table, "IS_INTEGER", value => value.TryGetInteger(out _));
        Test(table, "IS_NULL", value => value.IsNull);
        Test(table, "IS_NUMBER", value => value.IsNumber);
        Test(table, "IS_OBJECT", value => value.IsObject);
        Test(table, "IS_PRIMITIVE", value => value.Kind is not (SqlKind.Undefined or SqlKind.Array or SqlKind.Object));
        Test(table, "IS_STRING", value => value.IsString);
        table.Add("IIF", 3, 3, (arguments, _) => arguments[0].IsTrue ? arguments[1] : arguments[2]);
    }

    private static void Test(FunctionTable table, string name, Func<SqlValue, bool> test) =>
        table.Any(name, value => SqlValue.From(test(value)));
}
