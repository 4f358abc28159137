using Geode.Service.Sessions;

namespace Geode.Api.Documents;

/// <summary>The service's own containers.</summary>
internal static class Containers
{
    extension(SessionContainers containers)
    {
        public SessionContainer Questions => containers["questions"];

        public SessionContainer Votes => containers["votes"];

        public SessionContainer Scores => containers["scores"];

        public SessionContainer Interests => containers["interests"];
    }
}
