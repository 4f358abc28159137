using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>Sums over two vectors of one length, many numbers at a time.</summary>
internal static class VectorMath
{
    /// <summary>Quantised vectors are as long as a multiple of this, the rest zeros, so that no sum over them has a remainder.</summary>
    public const int CodeBlock = 32;

    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var (one, two, at) = (Vector256<float>.Zero, Vector256<float>.Zero, 0);
        for (; at <= left.Length - (2 * Vector256<float>.Count); at += 2 * Vector256<float>.Count)
        {
            one = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref a, (nuint)at), Vector256.LoadUnsafe(ref b, (nuint)at), one);
            two = Vector256.MultiplyAddEstimate(Load(ref a, at + Vector256<float>.Count), Load(ref b, at + Vector256<float>.Count), two);
        }

        var sum = Vector256.Sum(one + two);
        for (; at < left.Length; at++)
            sum += Unsafe.Add(ref a, at) * Unsafe.Add(ref b, at);
        return sum;
    }

    public static float SquaredDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var (one, two, at) = (Vector256<float>.Zero, Vector256<float>.Zero, 0);
        for (; at <= left.Length - (2 * Vector256<float>.Count); at += 2 * Vector256<float>.Count)
        {
            var first = Load(ref a, at) - Load(ref b, at);
            var second = Load(ref a, at + Vector256<float>.Count) - Load(ref b, at + Vector256<float>.Count);
            one = Vector256.MultiplyAddEstimate(first, first, one);
            two = Vector256.MultiplyAddEstimate(second, second, two);
        }

        var sum = Vector256.Sum(one + two);
        for (; at < left.Length; at++)
        {
            var difference = Unsafe.Add(ref a, at) - Unsafe.Add(ref b, at);
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>How far the results of the two above may be off, relative to the sum of the terms' magnitudes: each lane adds up an
    /// eighth of the terms or less, and each step rounds by half a unit of 2^-23.</summary>
    public static double RelativeError(int length) => ((length / 8.0) + 16) * Math.ScaleB(1, -24);

    /// <summary>Both are as long as a multiple of <see cref="CodeBlock"/>, and short enough for the sum to fit.</summary>
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        if (Avx512BW.IsSupported)
        {
            var sum = Vector512<int>.Zero;
            for (var at = 0; at < left.Length; at += CodeBlock)
                sum += Avx512BW.MultiplyAddAdjacent(Widen512(ref a, at), Widen512(ref b, at));
            return Vector512.Sum(sum);
        }

        var total = Vector256<int>.Zero;
        for (var at = 0; at < left.Length; at += Vector256<short>.Count)
            total += MultiplyAdd(Widen256(ref a, at), Widen256(ref b, at));
        return Vector256.Sum(total);
    }

    /// <summary>As above; the left one in a finer quantisation.</summary>
    public static int Dot(ReadOnlySpan<short> left, ReadOnlySpan<sbyte> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        if (Avx512BW.IsSupported)
        {
            var sum = Vector512<int>.Zero;
            for (var at = 0; at < left.Length; at += CodeBlock)
                sum += Avx512BW.MultiplyAddAdjacent(Vector512.LoadUnsafe(ref a, (nuint)at), Widen512(ref b, at));
            return Vector512.Sum(sum);
        }

        var total = Vector256<int>.Zero;
        for (var at = 0; at < left.Length; at += Vector256<short>.Count)
            total += MultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)at), Widen256(ref b, at));
        return Vector256.Sum(total);
    }

    /// <summary>Asks for a place in memory that is looked at soon, so that the way there is not waited for.</summary>
    public static unsafe void Prefetch(ref sbyte place)
    {
        if (!Sse.IsSupported)
            return;
        // A hint alone: it does no harm when the place has moved meanwhile.
        var address = (byte*)Unsafe.AsPointer(ref place);
        Sse.Prefetch0(address);
        Sse.Prefetch0(address + 64);
        Sse.Prefetch0(address + 128);
        Sse.Prefetch0(address + 192);
    }

    private static Vector256<float> Load(ref float from, int at) => Vector256.LoadUnsafe(ref from, (nuint)at);

    private static Vector512<short> Widen512(ref sbyte from, int at) => Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref from, (nuint)at));

    private static Vector256<short> Widen256(ref sbyte from, int at)
    {
        var narrow = Vector128.LoadUnsafe(ref from, (nuint)at);
        return Avx2.IsSupported ? Avx2.ConvertToVector256Int16(narrow) : Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow));
    }

    private static Vector256<int> MultiplyAdd(Vector256<short> left, Vector256<short> right) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(left, right)
        : (Vector256.WidenLower(left) * Vector256.WidenLower(right)) + (Vector256.WidenUpper(left) * Vector256.WidenUpper(right));
}
