using Geode.Router.Origins;

namespace Geode.Router.Selection;

/// <summary>What an origin is chosen from.</summary>
/// <param name="Origins">At most <see cref="OriginSet.Most"/>.</param>
/// <param name="OneWayMs">Delay from the client to each of them.</param>
/// <param name="Tried">Those that have had this request already.</param>
/// <param name="Avoided">Those that this client has found to fail; healthy for others.</param>
/// <param name="HealthyOnly">When nothing healthy is left, choose nothing rather than fail open.</param>
/// <param name="AwakeOnly">One that sleeps is not chosen.</param>
internal readonly record struct Choice(Origin[] Origins, double[] OneWayMs, OriginSet Tried, bool HealthyOnly, OriginSet Avoided = default, bool AwakeOnly = false);
