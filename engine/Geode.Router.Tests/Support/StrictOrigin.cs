using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Geode.Router.Tests.Support;

/// <summary>An origin that takes HTTP/1.1 by the letter and records exactly what it received. What it cannot read in one way only is an
/// offence; so is a request that it was not meant to get.</summary>
internal sealed class StrictOrigin : TcpOrigin
{
    private volatile Func<ReceivedRequest, string> _answer = request => $"HTTP/1.1 200 OK\r\nContent-Length: {request.Body.Length}\r\n\r\n{request.Body}";

    public StrictOrigin() => Listen();

    /// <summary>Without probes.</summary>
    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    public ConcurrentQueue<string> Offences { get; } = new();

    /// <summary>The bytes of its answers from now on; one that begins <c>!</c> ends the connection after what follows it.</summary>
    public void Answers(Func<ReceivedRequest, string> answer) => _answer = answer;

    public void Answers(string answer) => _answer = _ => answer;

    protected override async Task ServeAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection);
        var reader = new StrictReader(stream, Stop);
        try
        {
            while (await reader.ReadAsync() is { } request)
            {
                var isProbe = request.Target.StartsWith("/health/", StringComparison.Ordinal);
                if (!isProbe)
                    Received.Enqueue(request);
                var answer = isProbe ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : _answer(request);
                var ends = answer.StartsWith('!');
                await stream.WriteAsync(Encoding.Latin1.GetBytes(ends ? answer[1..] : answer), Stop);
                if (ends)
                    return;
            }
        }
        catch (FormatException offence)
        {
            Offences.Enqueue(offence.Message);
        }
    }

    private sealed class StrictReader(NetworkStream stream, CancellationToken stop)
    {
        private readonly byte[] _one = new byte[1];

        public async Task<ReceivedRequest?> ReadAsync()
        {
            if (await LineAsync(mayEnd: true) is not { } line)
                return null;
            var words = line.Split(' ');
            if (words.Length != 3 || words[2] != "HTTP/1.1" || words[1].Length == 0 || !IsToken(words[0]))
                throw new FormatException($"Request line: '{line}'.");
            var headers = await FieldsAsync();
            var request = new ReceivedRequest(words[0], words[1], headers, "", []);
            if (request.All("Host").Count != 1)
                throw new FormatException($"{request.All("Host").Count} Hosts.");
            var (lengths, codings) = (request.All("Content-Length"), request.All("Transfer-Encoding"));
            if (lengths.Count + codings.Count > 1)
                throw new FormatException($"Lengths {string.Join('|', lengths)}, codings {string.Join('|', codings)}.");
            if (codings.Count == 1)
                return codings[0] == "chunked" ? request with { Body = await ChunksAsync(), Trailers = await FieldsAsync() } : throw new FormatException($"Coding '{codings[0]}'.");
            return lengths.Count == 1 ? request with { Body = await TakeAsync(Number(lengths[0], NumberStyles.None)) } : request;
        }

        private async Task<string> ChunksAsync()
        {
            var body = new StringBuilder();
            while (Number((await LineAsync())!, NumberStyles.AllowHexSpecifier) is var size and > 0)
            {
                body.Append(await TakeAsync(size));
                if (await LineAsync() is { Length: > 0 } more)
                    throw new FormatException($"After a chunk: '{more}'.");
            }

            return body.ToString();
        }

        private async Task<IReadOnlyList<(string Name, string Value)>> FieldsAsync()
        {
            var fields = new List<(string, string)>();
            while (await LineAsync() is { Length: > 0 } line)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon < 1 || !IsToken(line[..colon]))
                    throw new FormatException($"Field: '{line}'.");
                fields.Add((line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
            }

            return fields;
        }

        private async Task<string?> LineAsync(bool mayEnd = false)
        {
            var line = new StringBuilder();
            while (true)
            {
                if (await stream.ReadAsync(_one, stop) == 0)
                    return mayEnd && line.Length == 0 ? null : throw new IOException("Ended within a line.");
                if (_one[0] == '\n')
                    return EndsInCr(line) ? line.ToString(0, line.Length - 1) : throw new FormatException($"A bare LF after '{line}'.");
                if (EndsInCr(line))
                    throw new FormatException($"A bare CR in '{line}'.");
                line.Append((char)_one[0]);
            }
        }

        private async Task<string> TakeAsync(int count)
        {
            var body = new byte[count];
            await stream.ReadExactlyAsync(body, stop);
            return Encoding.Latin1.GetString(body);
        }

        private static int Number(string text, NumberStyles style) =>
            int.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"Not a number: '{text}'.");

        private static bool EndsInCr(StringBuilder line) => line.Length > 0 && line[^1] == '\r';

        private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
    }
}

/// <summary>A request as its bytes were. One character a byte.</summary>
internal sealed record ReceivedRequest(
    string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string Body, IReadOnlyList<(string Name, string Value)> Trailers)
{
    public IReadOnlyList<string> All(string name) => [.. Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    /// <summary>A header's only value; null when it is not there.</summary>
    public string? this[string name] => All(name) is [var only] ? only : All(name) is [] ? null : throw new FormatException($"{name} came more than once.");
}
