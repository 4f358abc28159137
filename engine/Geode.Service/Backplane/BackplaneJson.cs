using System.Text.Json;
using System.Text.Json.Serialization;

namespace Geode.Service.Backplane;

/// <summary>How documents are written: camel case, absent rather than null.</summary>
public static class BackplaneJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };
}
