using System.Globalization;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>Headers whose values are words or numbers of a list: a wrong one is refused before anything is done.</summary>
public static class HeaderRules
{
    private static readonly string[] Formats = ["JsonText", "CosmosBinary", "HybridRow"];
    private static readonly string[] Directives = ["Default", "Include", "Exclude"];

    // The first version that REST clients may still name, and the one before it.
    private const string OldestVersion = "2015-04-08";
    private const string FirstVersion = "2014-08-21";

    /// <exception cref="ProtocolException">400: which header, and what it may be.</exception>
    public static void Check(BackplaneRequest request)
    {
        RequireOneOf(request, CosmosHeaders.ContentSerializationFormat, Formats);
        if (request.Path.Type == "docs")
            CheckItems(request);
        else
            CheckVersion(request);
    }

    private static void CheckItems(BackplaneRequest request)
    {
        if (!request.Path.IsFeed)
            return;
        RequireOneOf(request, CosmosHeaders.IndexingDirective, Directives);
        if (request.Header(CosmosHeaders.ResponseContinuationTokenLimitInKb) is not { } limit)
            return;
        if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
            throw ProtocolException.BadRequest($"Please pass in a valid continuation token size limit which must be a positive integer: {CosmosHeaders.ResponseContinuationTokenLimitInKb} is '{limit}'.");
        if (kilobytes < 1)
            throw ProtocolException.BadRequest($"The continuation token limit specified is not large enough: {CosmosHeaders.ResponseContinuationTokenLimitInKb} must be a whole number from 1, not '{limit}'.");
    }

    // Later versions than are known today are taken: clients name theirs without asking for anything that is new in it.
    private static void CheckVersion(BackplaneRequest request)
    {
        if (request.Header(CosmosHeaders.Version) is not { } version || version == FirstVersion)
            return;
        if (!DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) || string.CompareOrdinal(version, OldestVersion) < 0)
            throw ProtocolException.BadRequest($"{CosmosHeaders.Version} must be a date from {OldestVersion}, such as 2020-07-15, not '{version}'.");
    }

    private static void RequireOneOf(BackplaneRequest request, string name, string[] values)
    {
        if (request.Header(name) is { } value && !values.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
            throw ProtocolException.BadRequest($"{name} must be one of {string.Join(", ", values)}, not '{value}'.");
    }
}
