using System.Numerics;
using System.Runtime.CompilerServices;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// Numbers by chance from a seed, in integers only, so that every machine draws the same. SplitMix64 (Steele, Lea and Flood 2014): any
/// number of a sequence can be had without those before it.
/// </summary>
internal static class Draw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>The number at one place of the sequence of a seed.</summary>
    public static ulong Of(ulong seed, ulong place) => Mix(seed + ((place + 1) * Golden));

    public static ulong Next(ref ulong state) => Mix(state += Golden);

    /// <summary>0 up to, but without, the bound; from the upper half of the draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Below(ulong draw, int bound) => (int)(((draw >> 32) * (uint)bound) >> 32);

    /// <summary>
    /// A waiting time of that mean, close to exponential: the negative logarithm of the draw with straight lines between powers of
    /// two, whose mean is three halves.
    /// </summary>
    public static long Wait(ulong draw, long mean)
    {
        const int Bits = 16;
        draw |= 1;
        var zeros = BitOperations.LeadingZeroCount(draw);
        var fraction = zeros == 63 ? 0 : (long)(draw << (zeros + 1) >> (64 - Bits));
        var logarithm = ((zeros + 1L) << Bits) - fraction;
        return mean * logarithm / (3L << (Bits - 1));
    }
}

/// <summary>A sequence of draws, for building a population.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next() => Draw.Next(ref _state);

    public int Below(int bound) => Draw.Below(Next(), bound);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public long Below(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
