using System.Text.Json;
using Geode.Backplane.Protocol;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Scripts;

/// <summary>A container's user-defined functions, for the time of one query, which runs on one thread.</summary>
/// <param name="path">Of anything in the container.</param>
internal sealed class UserFunctions(Catalog catalog, ResourcePath path) : IUserFunctions
{
    private Dictionary<string, Func<SqlValue[], SqlValue>?>? _known;
    private Sandbox? _sandbox;

    /// <summary>Null when there is none of that name.</summary>
    public Func<SqlValue[], SqlValue>? Find(string name)
    {
        var known = _known ??= new(StringComparer.Ordinal);
        if (!known.TryGetValue(name, out var function))
            known[name] = function = catalog.Find($"{path.Prefix(2)}/udfs/{name}") is { } entry ? Compile(name, entry) : null;
        return function;
    }

    public T Run<T>(Func<T> calls) => ScriptThread.Run(calls);

    private Func<SqlValue[], SqlValue> Compile(string name, CatalogEntry entry)
    {
        using var definition = JsonDocument.Parse(entry.Json);
        var sandbox = _sandbox ??= new Sandbox(ScriptLimits.Default);
        var function = Guard(() => sandbox.Function(name, StoredProcedures.BodyOf(definition)));
        return arguments => Guard(() =>
        {
            var answer = sandbox.Write(sandbox.Call(function, [.. arguments.Select(a => a.IsUndefined ? Jint.Native.JsValue.Undefined : sandbox.Parse(a.ToString()))]));
            return answer is null ? SqlValue.Undefined : SqlValue.From(JsonDocument.Parse(answer, ItemText.WrappedOptions).RootElement);
        });
    }

    private static T Guard<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (ScriptException e)
        {
            // A mistake in the function is the query's; what a script may not take is answered as for any other.
            throw e is { Status: 400, SubStatus: 0 } ? new QueryException(e.Message) : new ProtocolException(e.Status, e.Message, e.SubStatus);
        }
    }
}
