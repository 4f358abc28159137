using Geode.Api.Personal;
using Geode.Api.Questions;
using Geode.Service.Publications;

namespace Geode.Tests.Api.Personal;

public sealed class ForYouContinuationTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 200).Select(i => new Guid(i, 7, 9, 1, 2, 3, 4, 5, 6, 7, 8).ToString("N"))];

    [Fact]
    public void It_comes_back_as_it_was()
    {
        foreach (var written in new[]
        {
            new ForYouContinuation(null, null, ["x"]),
            new ForYouContinuation("c++", new PublicationVersion(1003, 7), Ids),
            new ForYouContinuation("é", new PublicationVersion(long.MaxValue, int.MaxValue), ["a-b", Ids[3], Ids[4].ToUpperInvariant(), "0"]),
        })
        {
            var read = ForYouContinuation.Decode(written.Encode());
            Assert.Equal((written.Tag, written.Version), (read.Tag, read.Version));
            Assert.Equal(written.Questions, read.Questions);
        }
    }

    [Fact]
    public void It_fits_a_request_line_whatever_the_ids()
    {
        Assert.True(new ForYouContinuation(new('é', Limits.Tag), null, Ids).Encode().Length < Limits.Continuation);
        var longIds = Enumerable.Range(0, 200).Select(i => $"{i:0000}" + new string('x', Limits.Id - 4)).ToList();
        var read = ForYouContinuation.Decode(Cut(longIds));
        Assert.Equal(longIds.Take(read.Questions.Count), read.Questions);
        Assert.InRange(read.Questions.Count, 50, 199);

        static string Cut(IReadOnlyList<string> ids)
        {
            var text = new ForYouContinuation(null, null, ids).Encode();
            Assert.True(text.Length <= Limits.Continuation, $"{text.Length}");
            return text;
        }
    }

    [Fact]
    public void Whatever_else_is_given_back_is_told_from_it()
    {
        var good = new ForYouContinuation("rust", new PublicationVersion(1003, 7), [.. Ids.Take(20)]).Encode();
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var text = good.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                text[random.Next(text.Length)] = (char)random.Next(32, 127);
            var changed = new string(text, 0, random.Next(text.Length + 1));
            try
            {
                var read = ForYouContinuation.Decode(changed);
                Assert.Equal(read.Questions.Distinct(), read.Questions);
                Assert.All(read.Questions, id => Assert.InRange(id.Length, 1, Limits.Id));
            }
            catch (FormatException)
            {
                // Refused, and in no other way.
            }
        }

        Assert.Throws<FormatException>(() => ForYouContinuation.Decode(new ForYouContinuation(null, null, [Ids[0], Ids[0]]).Encode()));
        Assert.Throws<FormatException>(() => ForYouContinuation.Decode(new ForYouContinuation(null, null, ["a/b"]).Encode()));
    }
}
