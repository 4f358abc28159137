using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Geode.Runtime.Tests.Hosting;

public sealed class RefusedBodiesTests
{
    private const int Limit = 1000;

    /// <summary>More than the sockets of both ends hold.</summary>
    private const int Body = 32 << 20;

    [Theory]
    [InlineData("/read", "413")]
    [InlineData("/unread", "429")]
    public Task Who_sends_more_than_is_taken_can_send_it_all_and_hears_why_it_was_refused(string path, string status) =>
        AssertHeardOutAsync(path, status, $"Content-Length: {Body}", first: [], rest: [new byte[Body]]);

    [Theory]
    [InlineData("/read", "413")]
    [InlineData("/unread", "429")]
    public Task So_does_who_does_not_say_how_much_it_will_be(string path, string status)
    {
        var chunk = Encoding.ASCII.GetBytes($"{Limit + 1:x}\r\n{new string('x', Limit + 1)}\r\n");
        return AssertHeardOutAsync(
            path, status, "Transfer-Encoding: chunked", chunk, [.. Enumerable.Repeat(chunk, Body / Limit), "0\r\n\r\n"u8.ToArray()]);
    }

    [Fact]
    public async Task As_much_as_is_taken_is_read_whether_it_was_announced_or_not()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/length") { Content = new ByteArrayContent(new byte[Limit]) };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await http.SendAsync(request);

        Assert.Equal($"{Limit}", await answer.Content.ReadAsStringAsync());
    }

    /// <param name="first">Of the body: sent before the answer is read.</param>
    private static async Task AssertHeardOutAsync(string path, string status, string header, byte[] first, byte[][] rest)
    {
        await using var app = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.Single()).Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n\r\n"));
        await stream.WriteAsync(first);
        using var answers = new StreamReader(stream, Encoding.ASCII);
        Assert.Contains(status, await answers.ReadLineAsync());
        foreach (var part in rest)
            await stream.WriteAsync(part);

        // To its end, without a reset.
        Assert.Contains("refused", await answers.ReadToEndAsync());
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Geode:DrainMs=0"]);
        builder.AddGeodeRuntime("test");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Limit);
        var app = builder.Build();
        app.MapPost("/length", async (HttpContext context) =>
        {
            using var read = new MemoryStream();
            await context.Request.BodyReader.CopyToAsync(read);
            return Results.Text($"{read.Length}");
        });
        app.MapFallback(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            try
            {
                if (context.Request.Path == "/read")
                    await context.Request.Body.CopyToAsync(Stream.Null);
            }
            catch (BadHttpRequestException tooLarge)
            {
                context.Response.StatusCode = tooLarge.StatusCode;
            }

            await context.Response.WriteAsync("refused");
        });
        await app.StartAsync();
        return app;
    }
}
