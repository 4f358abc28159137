using System.Text.Encodings.Web;
using System.Text.Json;

namespace Geode.Topology;

/// <summary>An effective planet as JSON on one line, in the same form as <c>geode.json</c>, so that it can be handed to a process.</summary>
public static class PlanetJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Planet planet) => JsonSerializer.Serialize(planet, Options);
}
