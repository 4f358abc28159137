using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Page;

/// <summary>Serves the page from <c>wwwroot</c>, under a policy that lets it run its own files and talk to its own address only.</summary>
internal static class PageFiles
{
    /// <summary>Of the local planet's control API; where it is set, the page offers to break things.</summary>
    public const string ControlSetting = "Geode:Control";

    /// <exception cref="PlanetException">The setting is no address.</exception>
    public static Uri? Control(this IConfiguration configuration) => configuration[ControlSetting] switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
        var text => throw new PlanetException($"Geode__Control: '{text}' is not an http address."),
    };

    public static void UsePage(this WebApplication app)
    {
        var policy = Policy(app.Configuration.Control());
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                // Asked for again each time, and mostly answered with 304: after a deployment no one runs a mixture of old and new.
                headers.CacheControl = "no-cache";
            },
        });
    }

    /// <summary>Nothing inline, nothing from elsewhere, and no text that becomes markup or script.</summary>
    internal static string Policy(Uri? control) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'" + (control is null ? "" : " " + control.GetLeftPart(UriPartial.Authority)),
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");
}
