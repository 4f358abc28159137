using System.Text;
using System.Text.Json;
using Geode.Backplane.Storage;
using Jint;
using Jint.Native;

namespace Geode.Backplane.Scripts;

/// <summary>A script with its context while it runs.</summary>
internal sealed class ScriptRun : IDisposable
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = ItemText.WrappedOptions.MaxDepth };

    private static readonly Prepared<Acornima.Ast.Script> Context = Sandbox.Prepare("context.js");

    private readonly CancellationTokenSource _end = new();
    private readonly Sandbox _sandbox;
    private readonly ScriptCollection _collection;
    private readonly ScriptLimits _limits;
    private readonly JsValue _context;
    private readonly StringBuilder _log;
    private readonly long _started = Environment.TickCount64;

    /// <param name="start">What the script finds: <c>selfLink</c>, <c>altLink</c>, <c>request</c>, <c>response</c>, <c>writesRequest</c>.</param>
    public ScriptRun(ScriptLimits limits, ScriptCollection collection, object start, StringBuilder log)
    {
        (_limits, _collection, _log) = (limits, collection, log);
        _end.CancelAfter(limits.Time);
        _sandbox = new Sandbox(limits, _end.Token);
        var make = _sandbox.Evaluate(Context);
        _context = _sandbox.Call(make, _sandbox.From(new Func<string, string, string?>(Host)), _sandbox.Parse(JsonSerializer.Serialize(start, Deep)));
    }

    /// <summary>The request's body as the script left it; null when it has none.</summary>
    public string? Request => _sandbox.Call(Member("request")) is var text && text.IsString() ? text.ToString() : null;

    /// <summary>The response's body; null when it has none.</summary>
    public string? Response => _sandbox.Call(Member("response")) is var text && text.IsString() ? text.ToString() : null;

    /// <summary>Runs a function to its end, with all callbacks that it asked for.</summary>
    /// <param name="arguments">A JSON array.</param>
    /// <exception cref="ScriptException">It ended by an error, or was ended.</exception>
    public void Run(string name, string body, JsonElement arguments)
    {
        var function = _sandbox.Function(name, body);
        var result = _sandbox.Call(function, [.. arguments.EnumerateArray().Select(a => _sandbox.Parse(a.GetRawText()))]);
        _sandbox.Call(Member("follow"), result);
        do
        {
            _sandbox.Call(Member("drain"));
            _sandbox.KeepPromises();
        }
        while (_sandbox.Call(Member("waits")).AsBoolean());
    }

    public void Dispose() => _end.Dispose();

    private JsValue Member(string name) => _context.AsObject().Get(name);

    private string? Host(string name, string json)
    {
        using var arguments = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        if (name == "log")
        {
            _log.Append(arguments.RootElement[0].GetString()).Append('\n');
            _log.Length = Math.Min(_log.Length, _limits.Log);
            return "{}";
        }

        return Environment.TickCount64 - _started > _limits.Accepts.TotalMilliseconds ? null : _collection.Call(name, arguments.RootElement);
    }
}
