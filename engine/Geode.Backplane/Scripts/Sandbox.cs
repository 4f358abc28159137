using Acornima;
using Geode.Backplane.Storage;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Json;
using Jint.Runtime;

namespace Geode.Backplane.Scripts;

/// <summary>One run of JavaScript with nothing around it but the language and what it is given: no files, no network, no types of .NET;
/// within limits of time, memory and depth.</summary>
internal sealed class Sandbox
{
    private static readonly Prepared<Acornima.Ast.Script> Harden = Prepare("harden.js");

    private readonly Engine _engine;

    public Sandbox(ScriptLimits limits, CancellationToken cancel = default)
    {
        _engine = new Engine(options => options
            .LimitMemory(limits.Memory)
            .TimeoutInterval(limits.Time)
            .LimitRecursion(limits.Depth)
            .RegexTimeoutInterval(limits.Time)
            .MaxArraySize(10_000_000)
            .MaxJsonParseDepth(ItemText.WrappedOptions.MaxDepth)
            .CancellationToken(cancel)
            .Strict(false));
        _engine.Execute(Harden);
    }

    /// <summary>A script of the server's own, parsed once for all runs.</summary>
    public static Prepared<Acornima.Ast.Script> Prepare(string name)
    {
        using var stream = typeof(Sandbox).Assembly.GetManifestResourceStream(name)!;
        return Engine.PrepareScript(new StreamReader(stream, System.Text.Encoding.UTF8).ReadToEnd());
    }

    /// <summary>A function from its text: one function, with a name or without.</summary>
    /// <exception cref="ScriptException">It is no such thing.</exception>
    public JsValue Function(string name, string body) => Guard(() =>
    {
        // As an expression it needs no name, and leaves none behind.
        var function = _engine.Evaluate($"({body.Trim().TrimEnd(';')}\n)");
        return function is Function ? function : throw new ScriptException($"'{name}' is no function.");
    });

    public JsValue Evaluate(string code) => Guard(() => _engine.Evaluate(code));

    public JsValue Evaluate(Prepared<Acornima.Ast.Script> script) => Guard(() => _engine.Evaluate(script));

    public JsValue Parse(string json) => Guard(() => new JsonParser(_engine).Parse(json));

    public JsValue From(Delegate function) => JsValue.FromObject(_engine, function);

    /// <summary>Null for undefined, and for what JSON has no word for.</summary>
    public string? Write(JsValue value) => Guard(() => new JsonSerializer(_engine).Serialize(value) is { } text && text.IsString() ? text.AsString() : null);

    public JsValue Call(JsValue function, params JsValue[] arguments) => Guard(() => _engine.Invoke(function, [.. arguments]));

    /// <summary>Runs what waits for promises that are kept.</summary>
    public void KeepPromises() => Guard(() =>
    {
        _engine.Advanced.ProcessTasks();
        return true;
    });

    private static T Guard<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (JavaScriptException e)
        {
            throw new ScriptException($"Encountered exception while executing Javascript. Exception = {Say(e)}", subStatus: NumberOf(e));
        }
        catch (ExecutionCanceledException)
        {
            throw new ScriptException("The script ran too long and was stopped. Nothing of it is kept.", 408);
        }
        catch (ParseErrorException e)
        {
            throw new ScriptException($"The script is not JavaScript: {e.Message}");
        }
        catch (TimeoutException)
        {
            throw new ScriptException("The script ran too long and was stopped. Nothing of it is kept.", 408);
        }
        catch (RecursionDepthOverflowException)
        {
            throw new ScriptException("The script calls itself too deeply. Nothing of it is kept.");
        }
        catch (MemoryLimitExceededException)
        {
            throw new ScriptException("The script takes too much memory. Nothing of it is kept.", 403);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new ScriptException("The script is nested too deeply. Nothing of it is kept.");
        }
        catch (JintException e)
        {
            throw new ScriptException($"The script was stopped: {e.Message}");
        }
    }

    // What a script throws with a number of its own, or throws on as it got it from the collection.
    private static int NumberOf(JavaScriptException e) =>
        e.Error.IsObject() && e.Error.AsObject().Get("number") is var number && number.IsNumber() && number.AsNumber() is >= 0 and <= int.MaxValue and var value && value == Math.Floor(value)
            ? (int)value
            : 0;

    private static string Say(JavaScriptException e)
    {
        var where = e.JavaScriptStackTrace is { Length: > 0 } trace ? $"\r\nStack trace: {e.Message}\n{trace}" : "";
        return e.Error.IsObject() ? $"{e.Error.AsObject().Get("name")}: {e.Message}{where}" : $"{e.Error}{where}";
    }
}
