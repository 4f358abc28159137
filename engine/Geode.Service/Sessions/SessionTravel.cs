using Geode.Service.Identity;
using Geode.Service.Stamps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Service.Sessions;

/// <summary>Carries what a visitor has seen from geode to geode, in a signed cookie and a header of the same name.</summary>
public static class SessionTravel
{
    /// <summary>Request header and response header; the cookie's name, with <c>-stamp</c> behind it on a planet with stamps.</summary>
    public const string Name = "geode-session";

    private const string Session = "session";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    internal static void Use(WebApplication app)
    {
        var ring = app.Services.GetRequiredService<KeyRing>();
        // What was seen in one stamp says nothing in another, which has an account of its own.
        var stamp = app.Services.GetService<StampPlace>() is { } place ? $"-{place.Own.Name}" : "";
        var (purpose, cookie) = (Session + stamp, Name + stamp);
        app.Use((context, next) =>
        {
            var session = context.RequestServices.GetRequiredService<VisitorSession>();
            session.Tokens = Read(context.Request, ring, purpose, cookie);
            context.Response.OnStarting(() =>
            {
                Write(context, session, ring, purpose, cookie);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    // A client without cookies sends the header back; one with both just has them agree.
    private static SessionTokens Read(HttpRequest request, KeyRing ring, string purpose, string cookie)
    {
        var signed = request.Headers[Name].FirstOrDefault() ?? request.Cookies[cookie];
        return ring.Verify(purpose, signed, out _) is { } text ? SessionTokens.Parse(text) ?? new() : new();
    }

    private static void Write(HttpContext context, VisitorSession session, KeyRing ring, string purpose, string cookie)
    {
        if (session.ServedFrom is { } region)
            context.Response.Headers[VisitorSession.ServedFromHeader] = region;
        if (session.IsBehind)
            context.Response.Headers[VisitorSession.BehindHeader] = "true";
        if (!session.Tokens.Changed)
            return;

        var signed = ring.Sign(purpose, session.Tokens.ToString());
        context.Response.Headers[Name] = signed;
        context.Response.Cookies.Append(cookie, signed, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }
}
