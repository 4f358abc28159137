using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Geode.TestKit;
using Microsoft.AspNetCore.Hosting;

namespace Geode.Service.Tests.Steward.InAzure;

/// <summary><see cref="StubAzure"/> for processes as they are: they ask for <c>https://management.azure.com</c> by a proxy that leads here, trust a
/// certificate that was made for it, and are given their identity as a container app is.</summary>
internal sealed class AzureForProcesses : IAsyncDisposable
{
    private const string Host = "management.azure.com";
    private const string IdentitySecret = "of-this-container";

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate = Certificate();
    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private WebApplication? _identity;
    private Task _serving = Task.CompletedTask;

    private AzureForProcesses()
    {
    }

    public StubAzure Azure { get; private set; } = null!;

    /// <summary>What was asked of the identity, by resource.</summary>
    public ConcurrentQueue<string> Identities { get; } = new();

    /// <summary>What a process is told.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["HTTPS_PROXY"] = $"http://{_proxy.LocalEndpoint}",
        ["NO_PROXY"] = "127.0.0.1,localhost",
        ["SSL_CERT_FILE"] = Path.Combine(_folder.Path, "trusted.pem"),
        ["IDENTITY_ENDPOINT"] = $"{_identity!.Urls.Single()}/msi/token",
        ["IDENTITY_HEADER"] = IdentitySecret,
        ["Geode__Azure__App"] = StubAzure.App,
        ["Geode__Azure__Origin"] = StubAzure.Origin,
    };

    public static async Task<AzureForProcesses> StartAsync()
    {
        var all = new AzureForProcesses();
        all.Azure = await StubAzure.StartAsync(all._certificate);
        await File.WriteAllTextAsync(Path.Combine(all._folder.Path, "trusted.pem"), all._certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        all._identity = builder.Build();
        all._identity.MapGet("/msi/token", all.Token);
        await all._identity.StartAsync();
        all._proxy.Start();
        all._serving = all.ServeAsync();
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _proxy.Stop();
        await _serving;
        await _identity!.DisposeAsync();
        await Azure.DisposeAsync();
        _certificate.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }

    // As Container Apps' documentation describes it.
    private IResult Token(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != IdentitySecret)
            return Results.Unauthorized();
        var resource = request.Query["resource"].ToString();
        Identities.Enqueue(resource);
        return Results.Text(
            new JsonObject { ["access_token"] = "known", ["expires_on"] = $"{DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds()}", ["resource"] = resource, ["token_type"] = "Bearer" }.ToJsonString(),
            "application/json");
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = LeadAsync(await _proxy.AcceptTcpClientAsync(_end.Token));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // That was all.
        }
    }

    private async Task LeadAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var near = client.GetStream();
                var asked = await HeadAsync(near);
                if (!asked.StartsWith($"CONNECT {Host}:443 ", StringComparison.Ordinal))
                {
                    await near.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _end.Token);
                    return;
                }

                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, Azure.Address.Port, _end.Token);
                var far = server.GetStream();
                await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _end.Token);
                await Task.WhenAny(near.CopyToAsync(far, _end.Token), far.CopyToAsync(near, _end.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Whoever was led has gone, or all of this ends.
            }
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _end.Token) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
