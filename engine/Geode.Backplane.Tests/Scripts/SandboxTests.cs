using Geode.Backplane.Scripts;

namespace Geode.Backplane.Tests.Scripts;

/// <summary>A script gets nothing but the language, and no more time, memory or depth than it is given.</summary>
public sealed class SandboxTests
{
    private static readonly ScriptLimits Tight = new() { Time = TimeSpan.FromMilliseconds(300), Memory = 32 << 20, Depth = 100 };

    // What another limit has to stop has all the time that a busy machine may need.
    private static readonly ScriptLimits Patient = Tight with { Time = TimeSpan.FromMinutes(2) };

    [Theory]
    [InlineData("while (true) {}", 408)]
    [InlineData("for (;;) { try { (function f() { f(); })(); } catch (e) {} }", 0)]
    [InlineData("(function f() { f(); })()", 400)]
    [InlineData("var a = []; while (true) a.push(new Array(1000).fill('x' + a.length));", 403)]
    [InlineData("'a'.repeat(1e9)", 0)]
    [InlineData("new Array(1e8).fill(0)", 0)]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + 'b')", 0)]
    [InlineData("JSON.parse('['.repeat(1000000))", 400)]
    [InlineData("eval('('.repeat(100000))", 0)]
    [InlineData("eval('['.repeat(100000))", 0)]
    [InlineData("var o = {}; for (var i = 0; i < 100000; i++) o = { o: o }; JSON.stringify(o)", 0)]
    [InlineData("var a = []; for (var i = 0; i < 100000; i++) a = [a]; '' + a", 0)]
    [InlineData("var a = []; for (var i = 0; i < 100000; i++) a = [a]; a.flat(Infinity)", 0)]
    [InlineData("var p = {}; for (var i = 0; i < 100000; i++) p = new Proxy(p, {}); p.x", 400)]
    [InlineData("var o = { toJSON: function () { return { o: this }; } }; JSON.stringify(o)", 0)]
    [InlineData("new Array(1e7).join('x'.repeat(1000))", 400)]
    [InlineData("''.padEnd(1e9)", 400)]
    [InlineData("var o = { toString: function () { return '' + o; } }; '' + o", 0)]
    [InlineData("[3,2,1].sort(function s(a, b) { return [2,1].sort(s); })", 0)]
    public void What_takes_too_much_is_stopped(string code, int status)
    {
        var stopped = Assert.Throws<ScriptException>(() => Run(code, limits: status is 0 or 408 ? Tight : Patient));

        Assert.True(status == 0 || stopped.Status == status, stopped.Message);
    }

    [Theory]
    [InlineData("typeof System")]
    [InlineData("typeof importNamespace")]
    [InlineData("typeof require")]
    [InlineData("typeof process")]
    [InlineData("typeof fetch")]
    [InlineData("typeof XMLHttpRequest")]
    [InlineData("typeof Deno")]
    [InlineData("typeof clrHelper")]
    [InlineData("typeof setTimeout")]
    public void There_is_nothing_around_the_language(string code) => Assert.Equal("\"undefined\"", Run(code));

    /// <summary>What the host hands in must lead nowhere.</summary>
    [Theory]
    [InlineData("host.constructor('return this')() === globalThis")]
    [InlineData("typeof host.GetType")]
    [InlineData("typeof host.Method")]
    [InlineData("typeof host.Invoke")]
    [InlineData("typeof host.Target")]
    public void The_hosts_function_gives_nothing_of_its_host(string code) =>
        Assert.Contains(Run(code, withHost: true), (string[])["\"undefined\"", "true", "false"]);

    [Fact]
    public void Each_run_begins_anew()
    {
        Assert.Equal("1", Run("globalThis.x = 1; Object.prototype.y = 2; x"));
        Assert.Equal("\"undefined undefined\"", Run("typeof x + ' ' + typeof ({}).y"));
    }

    private static string? Run(string code, bool withHost = false, ScriptLimits? limits = null) => ScriptThread.Run(() => RunHere(code, withHost, limits ?? Patient));

    private static string? RunHere(string code, bool withHost, ScriptLimits limits)
    {
        using var end = new CancellationTokenSource(limits.Time);
        var sandbox = new Sandbox(limits, end.Token);
        var function = sandbox.Evaluate("(function (host, code) { return (0, eval)('(function (host) { return eval(' + JSON.stringify(code) + '); })')(host); })");
        return sandbox.Write(sandbox.Call(function, withHost ? sandbox.From(new Func<string, string>(text => text)) : Jint.Native.JsValue.Undefined, sandbox.Parse(System.Text.Json.JsonSerializer.Serialize(code))));
    }
}
