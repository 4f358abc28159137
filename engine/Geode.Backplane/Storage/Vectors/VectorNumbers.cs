using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>Numbers of the smaller types as <c>float</c>, which has all of them exactly.</summary>
internal static class VectorNumbers
{
    private const int Lanes = 8;

    /// <param name="to">As long as <paramref name="from"/>.</param>
    public static void Widen(ReadOnlySpan<sbyte> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var at = 0;
        for (; at <= from.Length - Lanes; at += Lanes)
        {
            var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref source, at)))).AsSByte();
            var words = Vector128.WidenLower(bytes);
            Store(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)), ref target, at);
        }

        for (; at < from.Length; at++)
            to[at] = from[at];
    }

    /// <param name="to">As long as <paramref name="from"/>.</param>
    public static void Widen(ReadOnlySpan<byte> from, Span<float> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var at = 0;
        for (; at <= from.Length - Lanes; at += Lanes)
        {
            var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, at))).AsByte();
            var words = Vector128.WidenLower(bytes);
            Store(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32(), ref target, at);
        }

        for (; at < from.Length; at++)
            to[at] = from[at];
    }

    /// <summary>For finite numbers: their bits are put where a <c>float</c> has them, which makes a number 2^112 times too small.</summary>
    /// <param name="to">As long as <paramref name="from"/>.</param>
    public static void Widen(ReadOnlySpan<Half> from, Span<float> to)
    {
        ref var source = ref Unsafe.As<Half, ushort>(ref MemoryMarshal.GetReference(from));
        ref var target = ref MemoryMarshal.GetReference(to);
        var scale = Vector256.Create(MathF.ScaleB(1, 112));
        var at = 0;
        for (; at <= from.Length - Lanes; at += Lanes)
        {
            var words = Vector128.LoadUnsafe(ref source, (nuint)at);
            var bits = Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
            var magnitude = ((bits & Vector256.Create(0x7FFFu)) << 13).AsSingle() * scale;
            var sign = (bits & Vector256.Create(0x8000u)) << 16;
            (magnitude.AsUInt32() | sign).AsSingle().StoreUnsafe(ref target, (nuint)at);
        }

        for (; at < from.Length; at++)
            to[at] = (float)from[at];
    }

    private static void Store(Vector256<int> numbers, ref float target, int at) => Vector256.ConvertToSingle(numbers).StoreUnsafe(ref target, (nuint)at);
}
