using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Streams;

namespace Geode.Router.Tests.Support;

/// <summary>An origin with one instance is what that instance is; most tests are about such origins.</summary>
internal static class TheOnlyInstance
{
    extension(Origin origin)
    {
        public OriginInstance Only => Assert.Single(origin.Instances);

        public OriginHealth Health => origin.Only.Health;

        public OriginLatency Latency => origin.Only.Latency;

        public InFlightTries InFlight => origin.Only.InFlight;

        public ConcurrencyLimit Limit => origin.Only.Limit;

        public bool HasRoomToSpare => origin.Only.HasRoomToSpare;

        public OpenStreams Streams => origin.Only.Streams;

        /// <returns>Whether this made it unhealthy.</returns>
        public bool Fold(bool late = false)
        {
            var ejected = false;
            foreach (var instance in origin.Instances)
                ejected |= instance.Fold(late);
            origin.Average();
            return ejected;
        }
    }
}
