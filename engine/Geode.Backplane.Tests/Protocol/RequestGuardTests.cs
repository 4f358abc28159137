using System.Globalization;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;
using Geode.TestKit;
using Microsoft.AspNetCore.Http;

namespace Geode.Backplane.Tests.Protocol;

public sealed class RequestGuardTests
{
    private const string Path = "/dbs/d/colls/c/docs";

    private static readonly string Key = Convert.ToBase64String(new byte[64]);
    private static readonly string ReadOnlyKey = Convert.ToBase64String([1, .. new byte[63]]);

    private readonly MasterKeyAuth _auth = new(Key);
    private readonly ManualTime _time = new();
    private readonly RequestGuard _guard;

    public RequestGuardTests() => _guard = new RequestGuard(new AccountKeys(Key, readOnly: ReadOnlyKey), _time);

    private string Now => _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);

    [Fact]
    public void What_is_signed_alike_gets_through_again()
    {
        var header = Sign(Path, Now);
        for (var i = 0; i < 3; i++)
            _guard.Check(Request("POST", Path, Now, header));
    }

    [Theory]
    [InlineData("PUT", Path, 0)]
    [InlineData("POST", "/dbs/d/colls/other/docs", 0)]
    [InlineData("POST", Path, 1)]
    public void A_signature_that_was_right_is_right_for_nothing_else(string method, string path, int secondsLater)
    {
        var header = Sign(Path, Now);
        _guard.Check(Request("POST", Path, Now, header));
        _time.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(401, Refusal(Request(method, path, Now, header)));
    }

    [Fact]
    public void Nor_for_ever()
    {
        var (header, then) = (Sign(Path, Now), Now);
        _guard.Check(Request("POST", Path, then, header));
        _time.Advance(RequestDate.AllowedSkew + TimeSpan.FromSeconds(1));

        Assert.Equal(403, Refusal(Request("POST", Path, then, header)));
        Assert.Equal(403, Refusal(Request("POST", Path, then, header)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("master")]
    [InlineData("type%3Dmaster%26ver%3D1.0%26sig%3Dabc%3D")]
    public void What_is_wrong_stays_wrong(string? header)
    {
        Assert.Equal(401, Refusal(Request("POST", Path, Now, header)));
        Assert.Equal(401, Refusal(Request("POST", Path, Now, header)));
    }

    [Fact]
    public void A_key_says_who_asks()
    {
        Assert.Same(AccountCaller.Instance, _guard.Check(Request("POST", Path, Now, Sign(Path, Now))));
        var readOnly = Uri.EscapeDataString($"type=master&ver=1.0&sig={new MasterKeyAuth(ReadOnlyKey).Sign("POST", ResourceAddress.FromPath(Path), Now)}");
        Assert.Same(ReadOnlyCaller.Instance, _guard.Check(Request("POST", Path, Now, readOnly)));
        Assert.Same(ReadOnlyCaller.Instance, _guard.Check(Request("POST", Path, Now, readOnly)));
    }

    [Fact]
    public void An_error_says_what_is_wrong()
    {
        var elsewhere = Refused(Request("POST", Path, Now, Sign("/dbs/d/colls/other/docs", Now)));
        Assert.Contains($@"post\ndocs\ndbs/d/colls/c\n{Now.ToLowerInvariant()}\n\n", elsewhere.Message, StringComparison.Ordinal);

        var late = (_time.GetUtcNow() - TimeSpan.FromHours(1)).ToString("R", CultureInfo.InvariantCulture);
        Assert.Contains($"token start time: {late}", Refused(Request("POST", Path, late, Sign(Path, late))).Message, StringComparison.Ordinal);

        var undated = Refused(Request("POST", Path, "yesterday", Sign(Path, "yesterday")));
        Assert.Equal((401, SubStatus.InvalidAuthHeaderFormat), (undated.Status, undated.SubStatus));
        Assert.Contains("RFC 1123", undated.Message, StringComparison.Ordinal);

        var unknown = Refused(Request("POST", Path, Now, Uri.EscapeDataString("type=system&ver=1.0&sig=a")));
        Assert.Contains("master, resource or aad", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(SubStatus.AadAuthDisabled, Refused(Request("POST", Path, Now, Uri.EscapeDataString("type=aad&ver=1.0&sig=a.b.c"))).SubStatus);
        Assert.Equal(SubStatus.MissingAuthHeader, Refused(Request("POST", Path, Now, null)).SubStatus);
    }

    [Fact]
    public void No_error_repeats_a_signature()
    {
        foreach (var header in (string[])["type=master&ver=1.0&sig=secretsecret", "type=resource&ver=1.0&sig=secretsecret;secretsecret;", "secretsecret"])
            Assert.DoesNotContain("secretsecret", Refused(Request("POST", Path, Now, Uri.EscapeDataString(header))).Message, StringComparison.Ordinal);
    }

    private string Sign(string path, string date) =>
        Uri.EscapeDataString($"type=master&ver=1.0&sig={_auth.Sign("POST", ResourceAddress.FromPath(path), date)}");

    private static HttpRequest Request(string method, string path, string date, string? authorization)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = (method, path);
        request.Headers[CosmosHeaders.XDate] = date;
        request.Headers.Authorization = authorization;
        return request;
    }

    private int Refusal(HttpRequest request) => Refused(request).Status;

    private ProtocolException Refused(HttpRequest request) => Assert.Throws<ProtocolException>(() => _guard.Check(request));
}
