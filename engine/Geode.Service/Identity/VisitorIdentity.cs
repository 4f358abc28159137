using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Service.Identity;

/// <summary>Gives every visitor a signed anonymous identity that any geode can check without asking anyone.</summary>
public static class VisitorIdentity
{
    public const string Cookie = "geode-visitor";

    /// <summary>Set by the router: the same for every attempt of one request.</summary>
    public const string RequestHeader = "X-Geode-Request";

    private const string Purpose = "visitor";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    internal static void Use(WebApplication app)
    {
        var ring = app.Services.GetRequiredService<KeyRing>();
        app.Use((context, next) =>
        {
            var id = ring.Verify(Purpose, context.Request.Cookies[Cookie], out var outdated);
            context.Items[typeof(Visitor)] = id is null ? null : new Visitor(id, IsKnown: true);
            if (outdated)
                Issue(context, ring, id!);
            return next(context);
        });
    }

    /// <summary>The visitor of this request; a newcomer is given an identity with the answer.</summary>
    /// <remarks>A newcomer's request may be here for the second time, sent on by a router after another geode failed in the middle
    /// of the first. The identity follows from the idempotency key or else from the router's name for the request, so that both
    /// times it is the same: who votes once has one vote.</remarks>
    public static Visitor Visitor(this HttpContext context, Fingerprint? request = null)
    {
        if (context.Items[typeof(Visitor)] is Visitor known)
            return known;
        var id = request is { Key: not null } ? request.NewcomerId()
            : context.Request.Headers[RequestHeader] is [{ Length: > 0 } name] ? NameBasedId.Create($"newcomer\n{name}")
            : Guid.CreateVersion7().ToString("N");
        var visitor = new Visitor(id, IsKnown: false);
        context.Items[typeof(Visitor)] = visitor;
        Issue(context, context.RequestServices.GetRequiredService<KeyRing>(), id);
        return visitor;
    }

    /// <summary>The visitor if this request brought one along; nobody is given an identity for merely reading.</summary>
    public static Visitor? KnownVisitor(this HttpContext context) => context.Items[typeof(Visitor)] as Visitor;

    private static void Issue(HttpContext context, KeyRing ring, string id) =>
        context.Response.Cookies.Append(Cookie, ring.Sign(Purpose, id), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}
