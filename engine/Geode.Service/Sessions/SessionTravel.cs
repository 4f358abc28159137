using Geode.Service.Identity;
using Geode.Service.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Service.Sessions;

/// <summary>Carries what a visitor has seen from geode to geode, in a signed cookie and a header of the same name.</summary>
public static class SessionTravel
{
    /// <summary>Cookie, request header and response header.</summary>
    public const string Name = "geode-session";

    private const string Purpose = "session";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    internal static void Use(WebApplication app)
    {
        var ring = app.Services.GetRequiredService<KeyRing>();
        app.Use((context, next) =>
        {
            var session = context.RequestServices.GetRequiredService<VisitorSession>();
            session.Tokens = Read(context.Request, ring);
            context.Response.OnStarting(() =>
            {
                Write(context, session, ring);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    // A client without cookies sends the header back; one with both just has them agree.
    private static SessionTokens Read(HttpRequest request, KeyRing ring)
    {
        var signed = request.Headers[Name].FirstOrDefault() ?? request.Cookies[Name];
        return ring.Verify(Purpose, signed, out _) is { } text ? SessionTokens.Parse(text) ?? new() : new();
    }

    private static void Write(HttpContext context, VisitorSession session, KeyRing ring)
    {
        if (session.ServedFrom is { } region)
            context.Response.Headers[VisitorSession.ServedFromHeader] = region;
        if (session.IsBehind)
            context.Response.Headers[VisitorSession.BehindHeader] = "true";
        if (!session.Tokens.Changed)
            return;

        var signed = ring.Sign(Purpose, session.Tokens.ToString());
        context.Response.Headers[Name] = signed;
        context.Response.Cookies.Append(Name, signed, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }
}
