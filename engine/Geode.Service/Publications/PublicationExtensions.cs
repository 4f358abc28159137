using Geode.Service.Hosting;
using Geode.Service.Publications;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of publications.</summary>
public static class PublicationExtensions
{
    /// <summary>Has this process use the newest good version of a publication: <see cref="Published{T}"/>.</summary>
    /// <typeparam name="T">What is used.</typeparam>
    /// <typeparam name="TReader">Makes it of bytes; made once, may take any service.</typeparam>
    /// <param name="geode">The geode.</param>
    /// <param name="name">The publication's.</param>
    public static GeodeBuilder AddPublication<T, TReader>(this GeodeBuilder geode, string name)
        where T : class
        where TReader : class, IPublicationReader<T>
    {
        if (!geode.IsFirst($"publication {name}"))
            throw new ArgumentException($"There is a publication named '{name}' already.", nameof(name));
        geode.Services.AddSingleton<TReader>();
        geode.Services.AddSingleton<Published<T>>();
        return geode.AddPublisher();
    }

    /// <summary>For who publishes: <see cref="Publisher"/>.</summary>
    public static GeodeBuilder AddPublisher(this GeodeBuilder geode)
    {
        if (geode.IsFirst())
            geode.Services.AddSingleton<Publisher>();
        return geode;
    }
}
