using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Tests.Protocol.Codecs;

public sealed class MasterKeyAuthTests
{
    private const string Key = "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";
    private const string Date = "Thu, 27 Apr 2017 00:51:12 GMT";
    private static readonly MasterKeyAuth Auth = new(Key);

    // The worked example of Microsoft's page on access control.
    [Fact]
    public void The_documented_example_has_its_documented_signature()
    {
        var auth = new MasterKeyAuth("dsZQi3KtZmCv1ljt3VNWNm7sQUF1y5rJfC6kv5JiwvW0EndXdDku/dkKBp8/ufDToSxLzR4y+O/0H/t4bQtVNw==");
        const string expected = "c09PEVJrgp2uQRkr934kFbTqhByc7TVr3OHyqlu+c+c=";
        var address = ResourceAddress.FromPath("/dbs/ToDoList");
        Assert.Equal(expected, auth.Sign("GET", address, Date));
        Assert.True(auth.Verify(expected, "get", address, Date));
        Assert.Equal(expected, auth.Sign("GET", address, Date, "ignored beside an x-ms-date"));
    }

    [Theory]
    [InlineData("/", "", "")]
    [InlineData("/dbs", "dbs", "")]
    [InlineData("/dbs/", "dbs", "")]
    [InlineData("/dbs/Db 1", "dbs", "dbs/Db 1")]
    [InlineData("/dbs/Db/colls", "colls", "dbs/Db")]
    [InlineData("/dbs/Db/colls/C", "colls", "dbs/Db/colls/C")]
    [InlineData("/dbs/Db/colls/C/docs", "docs", "dbs/Db/colls/C")]
    [InlineData("/dbs/Db/colls/C/docs/a+b", "docs", "dbs/Db/colls/C/docs/a+b")]
    [InlineData("/dbs/Db/colls/C/operations/partitionkeydelete", "colls", "dbs/Db/colls/C")]
    [InlineData("/dbs/Db/users/U/permissions", "permissions", "dbs/Db/users/U")]
    [InlineData("/dbs/AQAAAA==", "dbs", "AQAAAA==")]
    [InlineData("/dbs/AQAAAA==/colls/AQAAAIAAAAE=/pkranges", "pkranges", "AQAAAIAAAAE=")]
    [InlineData("/dbs/AQAAAA==/colls/AQAAAIAAAAE=/docs/AQAAAIAAAAEHAAAAAAAAAA==", "docs", "AQAAAIAAAAEHAAAAAAAAAA==")]
    [InlineData("/offers", "offers", "")]
    [InlineData("/offers/Ab-1", "offers", "Ab-1")]
    public void A_path_names_a_type_and_a_link(string path, string type, string link)
    {
        var address = ResourceAddress.FromPath(path);
        Assert.Equal((type, link), (address.Type.ToString(), address.Link.ToString()));
    }

    [Fact]
    public void The_link_keeps_its_case_by_name_and_loses_it_by_rid()
    {
        Assert.NotEqual(Sign("/dbs/Db"), Sign("/dbs/DB"));
        Assert.Equal(Sign("/dbs/AQAAAA==/colls/AQAAAIAAAAE="), Sign("/dbs/aqaaaa==/colls/aqaaaiaaaae="));
        Assert.Equal(Sign("/DBS"), Sign("/dbs"));

        static string Sign(string path) => Auth.Sign("GET", ResourceAddress.FromPath(path), Date);
    }

    [Fact]
    public void A_change_to_anything_signed_is_noticed()
    {
        const string path = "/dbs/Db/colls/C/docs/1";
        var signature = Auth.Sign("GET", ResourceAddress.FromPath(path), Date);
        Assert.True(Verify(signature, "GET", path, Date));
        Assert.True(Verify(signature, "get", path, Date.ToUpperInvariant()));
        Assert.False(Verify(signature, "PUT", path, Date));
        Assert.False(Verify(signature, "GET", path + "2", Date));
        Assert.False(Verify(signature, "GET", path, "Thu, 27 Apr 2017 00:51:13 GMT"));
        for (var i = 0; i < signature.Length - 2; i++)
        {
            var changed = signature.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.False(Verify(new string(changed), "GET", path, Date));
        }

        Assert.False(new MasterKeyAuth("AAAA").Verify(signature, "GET", ResourceAddress.FromPath(path), Date));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_signature_is_refused(string signature) => Assert.False(Verify(signature, "GET", "/dbs", Date));

    [Fact]
    public void Without_an_x_ms_date_the_http_date_is_signed()
    {
        var address = ResourceAddress.FromPath("/dbs");
        var signature = Auth.Sign("GET", address, null, Date);
        Assert.NotEqual(signature, Auth.Sign("GET", address, Date));
        Assert.True(Auth.Verify(signature, "GET", address, "", Date));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(15, true)]
    [InlineData(-15, true)]
    [InlineData(16, false)]
    [InlineData(-16, false)]
    public void A_date_may_be_a_quarter_of_an_hour_off(int minutes, bool current)
    {
        var now = new DateTimeOffset(2017, 4, 27, 0, 51, 12, TimeSpan.Zero).AddMinutes(minutes);
        Assert.Equal(current, RequestDate.IsCurrent(Date, now));
        Assert.Null(RequestDate.IsCurrent("yesterday", now));
    }

    [Theory]
    [InlineData("type%3dmaster%26ver%3d1.0%26sig%3dab%2bc%3d", AuthorizationTokenType.Master, "ab+c=")]
    [InlineData("type=master&ver=1.0&sig=ab+c=", AuthorizationTokenType.Master, "ab+c=")]
    [InlineData("type%3Daad%26ver%3D1.0%26sig%3DeyJ.a.b", AuthorizationTokenType.Aad, "eyJ.a.b")]
    [InlineData("type=resource&ver=1.0&sig=x;y&z=;", AuthorizationTokenType.Resource, "x;y&z=;")]
    public void A_header_is_taken_apart(string header, AuthorizationTokenType type, string signature)
    {
        Assert.True(AuthorizationToken.TryParse(header, out var token));
        Assert.Equal(new AuthorizationToken(type, signature), token);
    }

    [Fact]
    public void A_long_token_is_taken_too()
    {
        var signature = new string('x', 5_000) + "+/=";
        Assert.True(AuthorizationToken.TryParse(Uri.EscapeDataString($"type=aad&ver=1.0&sig={signature}"), out var token));
        Assert.Equal(signature, token.Signature);
    }

    [Fact]
    public void One_instance_signs_on_many_threads()
    {
        var expected = Auth.Sign("GET", ResourceAddress.FromPath("/dbs"), Date);
        Parallel.For(0, 2_000, _ => Assert.Equal(expected, Auth.Sign("GET", ResourceAddress.FromPath("/dbs"), Date)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer x")]
    [InlineData("type=master")]
    [InlineData("type=master&ver=1.0&sig=")]
    [InlineData("type=master&ver=2.0&sig=a")]
    [InlineData("type=other&ver=1.0&sig=a")]
    [InlineData("%zz")]
    [InlineData("%")]
    public void Anything_else_is_no_header(string header) => Assert.False(AuthorizationToken.TryParse(header, out _));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    public void A_key_is_base64(string key) => Assert.Throws<FormatException>(() => new MasterKeyAuth(key));

    private static bool Verify(string signature, string verb, string path, string date) =>
        Auth.Verify(signature, verb, ResourceAddress.FromPath(path), date);
}
