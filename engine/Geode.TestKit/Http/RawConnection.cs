using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Geode.TestKit.Http;

/// <summary>One connection to a server on this machine, at the level of bytes, and a reader of answers that forgives nothing.</summary>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TcpClient _client = new();
    private readonly List<byte> _heard = [];
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(IPAddress.Loopback, port);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>What a server that says nothing more answers to these bytes: each of its answers, until it closes the connection.</summary>
    /// <param name="port">Of the server.</param>
    /// <param name="bytes">One character a byte. The last request asks for the connection to be closed, or is refused.</param>
    public static async Task<IReadOnlyList<RawAnswer>> ConverseAsync(int port, string bytes)
    {
        using var connection = await OpenAsync(port);
        await connection.SayAsync(bytes);
        var answers = new List<RawAnswer>();
        while (await connection.HearAsync() is { } answer)
            answers.Add(answer);
        return answers;
    }

    /// <summary>A server that has hung up already is no failure of the test.</summary>
    public async Task SayAsync(string bytes)
    {
        try
        {
            await _stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        }
        catch (IOException)
        {
            // It has said what it had to say.
        }
    }

    /// <summary>The server ended the connection while there was something it had not read; answers may be lost with it.</summary>
    public bool WasReset { get; private set; }

    /// <summary>The next answer, informational ones too; null when the server has closed the connection instead.</summary>
    /// <param name="toHead">The request was one whose answer has no body.</param>
    public async Task<RawAnswer?> HearAsync(bool toHead = false)
    {
        if (await LineAsync() is not { } start)
            return null;
        var words = start.Split(' ', 3);
        Assert.True(words is [.. { Length: >= 2 }] && words[0].StartsWith("HTTP/1.", StringComparison.Ordinal), $"Not a status line: '{start}'.");
        var status = int.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture);
        var headers = await FieldsAsync();
        var answer = new RawAnswer(words[0], status, headers, "", []);
        if (toHead || status is < 200 or 204 or 304)
            return answer;
        if (answer["Transfer-Encoding"] is { } coding)
        {
            Assert.Equal("chunked", coding);
            Assert.Null(answer["Content-Length"]);
            var body = await ChunksAsync();
            return answer with { Body = body, Trailers = await FieldsAsync() };
        }

        if (answer["Content-Length"] is { } length)
            return answer with { Body = await TakeAsync(int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture)) };
        return answer with { Body = await HearRestAsync() };
    }

    /// <summary>All that still comes, until the server closes the connection.</summary>
    public async Task<string> HearRestAsync()
    {
        while (await MoreAsync())
        {
            // Its end is the connection's.
        }

        var rest = Encoding.Latin1.GetString([.. _heard]);
        _heard.Clear();
        return rest;
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> ChunksAsync()
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = int.Parse((await LineAsync())!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
                return body.ToString();
            body.Append(await TakeAsync(size));
            Assert.Equal("", await LineAsync());
        }
    }

    private async Task<IReadOnlyList<(string Name, string Value)>> FieldsAsync()
    {
        var fields = new List<(string, string)>();
        while (await LineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(colon > 0, $"Not a field: '{line}'.");
            fields.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        return fields;
    }

    private async Task<string?> LineAsync()
    {
        int end;
        while ((end = _heard.IndexOf((byte)'\n')) < 0)
        {
            if (await MoreAsync())
                continue;
            Assert.True(WasReset || _heard.Count == 0, $"The connection ended within '{Encoding.Latin1.GetString([.. _heard])}'.");
            return null;
        }

        Assert.Equal((byte)'\r', _heard[end - 1]);
        var line = Encoding.Latin1.GetString([.. _heard.Take(end - 1)]);
        _heard.RemoveRange(0, end + 1);
        return line;
    }

    private async Task<string> TakeAsync(int count)
    {
        while (_heard.Count < count)
            Assert.True(await MoreAsync(), $"The connection ended {count - _heard.Count} bytes before the body did.");
        var taken = Encoding.Latin1.GetString([.. _heard.Take(count)]);
        _heard.RemoveRange(0, count);
        return taken;
    }

    private async Task<bool> MoreAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            var read = await _stream.ReadAsync(buffer).AsTask().WaitAsync(Patience);
            _heard.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (IOException)
        {
            WasReset = true;
            return false;
        }
    }
}

/// <param name="Version"><c>HTTP/1.1</c>.</param>
/// <param name="Body">One character a byte.</param>
/// <param name="Trailers">Fields after the body.</param>
public sealed record RawAnswer(
    string Version, int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body, IReadOnlyList<(string Name, string Value)> Trailers)
{
    /// <summary>A header's only value; null when it is not there.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
            Assert.True(values.Length <= 1, $"{name} came {values.Length} times.");
            return values.Length == 0 ? null : values[0].Value;
        }
    }
}
