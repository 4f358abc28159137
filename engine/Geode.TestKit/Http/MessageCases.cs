namespace Geode.TestKit.Http;

/// <summary>Requests that RFC 9112 and RFC 9110 have something to say about, for every server here. One character a byte.</summary>
public static class MessageCases
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

    /// <summary>What it is, the bytes, and the statuses that may answer it; the connection ends with the answer.</summary>
    public static TheoryCases Refused { get; } =
    [
        // Lines and fields.
        ("whitespace before the colon", "GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", [400]),
        ("a tab before the colon", "GET / HTTP/1.1\r\nHost: x\r\nA\t: b\r\n\r\n", [400]),
        ("whitespace before the first field", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", [400]),
        ("a folded field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", [400]),
        ("a field folded with a tab", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n", [400]),
        ("a field without a name", "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", [400]),
        ("a field without a colon", "GET / HTTP/1.1\r\nHost: x\r\nAb\r\n\r\n", [400]),
        ("a field name with a letter beyond ASCII", "GET / HTTP/1.1\r\nHost: x\r\nA\u00e9: b\r\n\r\n", [400]),
        ("NUL in a field value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", [400]),
        ("a bare CR in a field value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", [400]),
        ("a bare CR before a smuggled field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rContent-Length: 5\r\n\r\n", [400]),
        ("a bare LF at the end of the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", [400]),
        ("a bare LF at the end of a field", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", [400]),
        ("a bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: x\r\n\n", [400]),

        // The request line.
        ("no target", "GET HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
        ("a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
        ("a target that is no path", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", [400, 405]),
        ("an asterisk for another method than OPTIONS", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", [400, 405]),
        ("an authority for another method than CONNECT", "GET x:80 HTTP/1.1\r\nHost: x\r\n\r\n", [400, 405]),
        ("a version without a digit", "GET / HTTP/1\r\nHost: x\r\n\r\n", [400, 505]),
        ("a version of the future", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", [400, 505]),
        ("a version in lower case", "GET / http/1.1\r\nHost: x\r\n\r\n", [400, 505]),
        ("a method with a control character", "G\x01T / HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
        ("a target too long", $"GET /{new string('x', 40_000)} HTTP/1.1\r\nHost: x\r\n\r\n", [414]),

        // Host.
        ("no Host", "GET / HTTP/1.1\r\n\r\n", [400]),
        ("two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", [400]),
        ("the same Host twice", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", [400]),
        ("two names in one Host", "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n", [400]),
        ("a Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", [400]),
        ("a Host with a user", "GET / HTTP/1.1\r\nHost: me@x\r\n\r\n", [400]),

        // Lengths and codings.
        ("two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", [400]),
        ("two lengths in one field", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 6\r\n\r\nabcdef", [400]),
        ("a negative length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", [400]),
        ("a length in hexadecimal", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nabcde", [400]),
        ("a length with a space within", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1 0\r\n\r\n0123456789", [400]),
        ("an empty length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n", [400, 411]),
        ("a length beyond all numbers", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", [400, 413]),
        ("length, then coding", $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}", [400]),
        ("coding, then length", $"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n{Smuggled}", [400]),
        ("an unknown coding", $"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Smuggled}", [400, 501]),
        ("gzip, then chunked", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", [400, 501]),
        ("chunked, then identity", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", [400, 501]),
        ("chunked twice", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", [400, 501]),
        ("chunked in two fields", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400, 501]),
        ("a vertical tab before chunked", $"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n{Smuggled}", [400, 501]),
        ("an empty coding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n\r\n", [400, 501]),
        ("a coding in HTTP/1.0", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400]),

        // Chunks.
        ("a chunk size that is none", "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", [400]),
        ("a chunk size with a prefix", "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n", [400]),
        ("a negative chunk size", "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n", [400]),
        ("a chunk size beyond all numbers", "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n", [400, 413]),
        ("a chunk longer than its size", $"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n{Smuggled}", [400]),
        ("a bare LF after a chunk size", $"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n{Smuggled}", [400]),
        ("a bare LF in a chunk extension", $"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a\nabc\r\n0\r\n\r\n{Smuggled}", [400]),
        ("a bare LF after a chunk", $"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n{Smuggled}", [400]),

        // Too much.
        ("a header too long", $"GET / HTTP/1.1\r\nHost: x\r\nA: {new string('x', 200_000)}\r\n\r\n", [431]),
        ("too many headers", $"GET / HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"))}\r\n", [431]),

        ("an expectation nobody can meet", "POST / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [417]),
        ("a second expectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue, 200-ok\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", [417]),
    ];

    /// <summary>What it is, and the bytes: unusual, and right. The connection ends with the answer.</summary>
    public static TheoryCases Accepted { get; } =
    [
        ("an empty line first", "\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", []),
        ("no space after the colon", "GET / HTTP/1.1\r\nHost:x\r\nA:b\r\nConnection:close\r\n\r\n", []),
        ("tabs and spaces round a value", "GET / HTTP/1.1\r\nHost: \t x \t \r\nConnection: close\r\n\r\n", []),
        ("an empty value", "GET / HTTP/1.1\r\nHost: x\r\nA:\r\nConnection: close\r\n\r\n", []),
        ("an empty Host", "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", []),
        ("all characters of a token in a name", "GET / HTTP/1.1\r\nHost: x\r\n!#$%&'*+-.^_`|~09aZ: 1\r\nConnection: close\r\n\r\n", []),
        ("absolute form", "GET http://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", []),
        ("absolute form with another Host", "GET http://x/ HTTP/1.1\r\nHost: y\r\nConnection: close\r\n\r\n", []),
        ("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", []),
        ("HTTP/1.0 with Host", "GET / HTTP/1.0\r\nHost: x\r\n\r\n", []),
        ("a later minor version", "GET / HTTP/1.1\r\nHost: x\r\nConnection: close, keep-alive\r\n\r\n", []),
        ("chunk extensions", "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b;c=\"d\"\r\nabc\r\n0;e\r\n\r\n", []),
        ("chunk sizes in both cases and with zeros", "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n00a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", []),
        ("a coding in capitals", "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", []),
        ("trailers", "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nTrailer: A\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\n", []),
    ];
}

/// <summary>Rows of a theory.</summary>
public sealed class TheoryCases : List<(string What, string Bytes, int[] Statuses)>
{
    public IEnumerable<object[]> Names => this.Select(c => new object[] { c.What });

    public (string What, string Bytes, int[] Statuses) Named(string what) => this.Single(c => c.What == what);
}
