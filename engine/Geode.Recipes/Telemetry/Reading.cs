namespace Geode.Recipes.Telemetry;

/// <summary>What a device has measured, in <c>readings</c>. Its id is its moment: one that is sent again is the same document.</summary>
/// <param name="Device">The partition.</param>
/// <param name="Hour">In which it was taken, by the device's clock: <c>2026-11-30T14</c>.</param>
/// <param name="Received">When a geode took it.</param>
internal sealed record Reading(string Id, string Device, string Hour, double Value, string Received, string Region, string? Traceparent);

/// <summary>What is sent: one of up to a hundred.</summary>
internal sealed record Measured(DateTimeOffset? At, double? Value);

/// <summary>A device's hour as one geode sees it; in <c>activity</c>, in that region's partition.</summary>
/// <param name="Late">Readings of it that came after it was over: figures that somebody may have read without them.</param>
internal sealed record DeviceHour(string Id, string Region, string Kind, string Device, string Hour, int Count, double Mean, double Min, double Max, int Late)
{
    public const string OfKind = "device-hour";
}
