using System.Globalization;

namespace Geode.Bench.Router;

/// <summary>Something that stands between clients and origins.</summary>
/// <param name="Start">From its port and the origins' ports; null when the program is not on this machine.</param>
internal sealed record Proxy(string Name, Func<int, int[], Child?> Start);

/// <summary>What the router is measured against, each as its documentation sets it up, and tuned as its operators would.</summary>
internal static class Proxies
{
    /// <summary>With every policy on, the rate limit too.</summary>
    public static Proxy Ours { get; } = new("geode router", (port, origins) => Child.Self(
        ["router-serve", "--urls", Url(port), "--Geode:Router:Limits:RequestsPerSecond=1000000", .. origins.Select((o, i) => $"--Geode:Router:Origins:{(char)('a' + i)}={Url(o)}")]));

    public static Proxy Yarp { get; } = new("plain YARP", (port, origins) =>
        Child.Self(["router-yarp", Url(port), .. origins.Select(o => Url(o) + "/")]));

    public static Proxy Nginx { get; } = new("nginx default", (port, origins) => StartNginx(port, origins, "", "", ""));

    public static Proxy NginxTuned { get; } = new("nginx tuned", (port, origins) => StartNginx(port, origins,
        " max_fails=1 fail_timeout=2s",
        "keepalive 64;",
        """
        proxy_http_version 1.1; proxy_set_header Connection "";
                    proxy_connect_timeout 200ms; proxy_read_timeout 1s; proxy_next_upstream error timeout http_502 http_503 http_504;
        """));

    public static Proxy NginxKeepAlive { get; } = new("nginx, one worker", (port, origins) => StartNginx(port, origins,
        "", "keepalive 64;", """proxy_http_version 1.1; proxy_set_header Connection "";"""));

    public static Proxy Haproxy { get; } = new("HAProxy default", (port, origins) => StartHaproxy(port, origins,
        "timeout connect 5s", "timeout server 50s", "", "check"));

    public static Proxy HaproxyTuned { get; } = new("HAProxy tuned", (port, origins) => StartHaproxy(port, origins,
        "timeout connect 200ms", "timeout server 1s",
        """
        retries 3
            option redispatch 1
            retry-on all-retryable-errors
        """,
        "check inter 200ms fall 1 rise 2 observe layer4 error-limit 1 on-error mark-down"));

    public static string Url(int port) => "http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);

    private static Child? StartNginx(int port, int[] origins, string server, string upstream, string location)
    {
        if (Program("nginx") is not { } nginx)
            return null;
        var folder = Directory.CreateTempSubdirectory("geode-bench-").FullName;
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
                upstream origins { {{string.Concat(origins.Select(o => $"server 127.0.0.1:{Child.Text(o)}{server}; "))}}{{upstream}} }
                server {
                    listen 127.0.0.1:{{Child.Text(port)}};
                    keepalive_requests 1000000000;
                    location / { proxy_pass http://origins; {{location}} }
                }
            }
            """);
        return Child.Start(nginx, "-e", folder + "/error.log", "-p", folder, "-c", file, "-g", "daemon off;");
    }

    private static Child? StartHaproxy(int port, int[] origins, string connect, string server, string defaults, string check)
    {
        if (Program("haproxy") is not { } haproxy)
            return null;
        var folder = Directory.CreateTempSubdirectory("geode-bench-").FullName;
        var file = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(file, $"""
            global
                nbthread 1
            defaults
                mode http
                {connect}
                timeout client 50s
                {server}
                {defaults}
            frontend clients
                bind 127.0.0.1:{Child.Text(port)}
                default_backend origins
            backend origins
                balance roundrobin
            {string.Join('\n', origins.Select((o, i) => $"    server o{i} 127.0.0.1:{Child.Text(o)} {check}"))}

            """);
        return Child.Start(haproxy, "-f", file, "-db");
    }

    private static string? Program(string name) =>
        new[] { "/usr/sbin/", "/usr/local/sbin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/" }
            .Select(folder => folder + name).FirstOrDefault(File.Exists);
}
