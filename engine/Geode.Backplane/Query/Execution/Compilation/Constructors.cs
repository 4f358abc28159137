using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Array and object literals: what is undefined is left out.</summary>
internal static class Constructors
{
    public static Code Array(Code[] items)
    {
        var runs = System.Array.ConvertAll(items, item => item.Run);
        return Code.Fold(items.All(item => item.IsConstant), frame =>
        {
            var values = new SqlValue[runs.Length];
            var count = 0;
            foreach (var run in runs)
            {
                var value = run(frame);
                if (!value.IsUndefined)
                {
                    values[count++] = value;
                }
            }

            return SqlValue.From(count == values.Length ? values : values[..count]);
        });
    }

    /// <summary>Of members with the same name the last counts.</summary>
    public static Code Object(string[] names, Code[] values)
    {
        var last = names.Select((name, i) => (name, i)).Where(pair => System.Array.LastIndexOf(names, pair.name) == pair.i).ToArray();
        var runs = last.Select(pair => (pair.name, values[pair.i].Run)).ToArray();
        return Code.Fold(values.All(value => value.IsConstant), frame =>
        {
            var fields = new SqlField[runs.Length];
            var count = 0;
            foreach (var (name, run) in runs)
            {
                var value = run(frame);
                if (!value.IsUndefined)
                {
                    fields[count++] = new SqlField(name, value);
                }
            }

            return SqlValue.From(count == fields.Length ? fields : fields[..count]);
        });
    }
}
