using System.Buffers.Binary;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Geode.Personal.Tests;

/// <summary>Bytes from elsewhere: whatever is wrong is refused with a reason, and nothing else happens.</summary>
public sealed class ModelGateTests
{
    private const int HeadingLength = 11;

    private static byte[] Good => SmallWorld.Model.Write();

    [Fact]
    public void What_is_no_model_is_refused_with_the_reason()
    {
        Refused([], "it does not begin as one");
        Refused("{\"not\":\"a model\"}"u8.ToArray(), "it does not begin as one");
        Refused(Good[..HeadingLength], "it ends within its version");
        Refused(Good[..(HeadingLength + 10)], "it ends within its heading");
        Refused(Good[..^1], "its checksum differs");
        Refused([.. Good, 0], "its checksum differs");
        Refused(With(Good, HeadingLength, 99), "its version is 99");
    }

    [Fact]
    public void What_is_wrong_within_is_refused_also_with_a_right_checksum()
    {
        Refused(Signed(With(Good, HeadingLength + 4, 3)), "made for 3 features");
        Refused(Signed(With(Good, HeadingLength + 8, long.MinValue)), "its time is none");
        Refused(Signed(With(Good, HeadingLength + 16, -1)), "-1 items");
        Refused(Signed(With(Good, HeadingLength + 16, 199_999)), "ends within its items");
        Refused(Signed([.. Good[..^32], 0, .. Good[^32..]]), "1 bytes are left after its end");
        Refused(Signed(With(Good, Good.Length - 32 - 4, float.NaN)), "a value of a leaf is NaN");
        Refused(Signed(With(Good, Good.Length - 32 - 4, 1e9f)), "a value of a leaf is 1E+09");
    }

    [Fact]
    public void A_tree_that_leads_back_is_refused()
    {
        var knowledge = SmallWorld.Model.Knowledge;
        Refused(Model(new([0], [new(0, 1, 0, ~0)], [1])), "leads to node 0, which is not after it");
        Refused(Model(new([0], [new(0, 1, 7, ~0)], [1])), "leads to node 7");
        Refused(Model(new([0], [new(0, 1, ~5, ~0)], [1])), "leads to leaf 5");
        Refused(Model(new([0], [new(200, 1, ~0, ~0)], [1])), "asks for feature 200");
        Refused(Model(new([0], [new(0, float.PositiveInfinity, ~0, ~0)], [1])), "threshold");

        byte[] Model(Learned.TreeEnsemble trees) => new TasteModel(knowledge, trees, 1, SmallWorld.End).Write();
    }

    [Fact]
    public void Random_changes_are_read_or_refused_and_what_is_read_ranks()
    {
        var good = Good;
        var change = Gen.Choose(0, good.Length - 33).Zip(Gen.Choose(0, 255)).ListOf();
        Prop.ForAll(Arb.From(change.Zip(Gen.Choose(0, 3))), changes =>
        {
            var bytes = (byte[])good.Clone();
            foreach (var (at, value) in changes.Item1) bytes[at] = (byte)value;
            if (changes.Item2 == 0) bytes = bytes[..(bytes.Length / 2)];
            if (bytes.Length < 64) return true;
            try
            {
                var ranked = ForYou.Rank(TasteModel.Read(Signed(bytes)), SmallWorld.Liker("rust"), SmallWorld.Items, SmallWorld.Known, SmallWorld.End);
                return ranked.Count == SmallWorld.Items.Count && ranked.All(r => double.IsFinite(r.Score));
            }
            catch (InvalidDataException e)
            {
                return e.Message.Length > 20;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => TasteModel.Read(bytes)).Message, StringComparison.Ordinal);

    private static byte[] With(byte[] bytes, int at, int value) => With(bytes, span => BinaryPrimitives.WriteInt32LittleEndian(span[at..], value));

    private static byte[] With(byte[] bytes, int at, long value) => With(bytes, span => BinaryPrimitives.WriteInt64LittleEndian(span[at..], value));

    private static byte[] With(byte[] bytes, int at, float value) => With(bytes, span => BinaryPrimitives.WriteSingleLittleEndian(span[at..], value));

    private static byte[] With(byte[] bytes, Action<Span<byte>> change)
    {
        var changed = (byte[])bytes.Clone();
        change(changed);
        return changed;
    }

    private static byte[] Signed(byte[] bytes) => [.. bytes[..^32], .. SHA256.HashData(bytes.AsSpan(..^32))];
}
