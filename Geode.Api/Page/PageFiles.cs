using Geode.Service.Planets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Page;

/// <summary>Serves the page from <c>wwwroot</c>, under a policy that lets it run its own files and talk to its own address only.</summary>
internal static class PageFiles
{
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
