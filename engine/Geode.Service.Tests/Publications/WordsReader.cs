using System.Text;
using Geode.Service.Publications;

namespace Geode.Service.Tests.Publications;

/// <summary>What is published in tests: text.</summary>
internal sealed record Words(string Text);

/// <summary>Reads text, unless it says that it is poison, and refuses what it is told to.</summary>
internal sealed class WordsReader : IPublicationReader<Words>
{
    /// <summary>How often something was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Why a version should not take over; by default nothing is refused.</summary>
    public Func<Words, Words?, string?> Judge { get; set; } = (_, _) => null;

    public Words Read(ReadOnlyMemory<byte> bytes)
    {
        Reads++;
        var text = Encoding.UTF8.GetString(bytes.Span);
        return text switch
        {
            "poison" => throw new InvalidDataException("this is poison"),
            "bug" => throw new NotSupportedException("a bug of the reader"),
            "cancelled" => throw new OperationCanceledException("a bug of another kind"),
            "nothing" => null!,
            _ => new(text),
        };
    }

    public ValueTask<string?> RefuseAsync(Words candidate, PublicationVersion version, Words? current, CancellationToken cancellation) =>
        ValueTask.FromResult(Judge(candidate, current));
}
