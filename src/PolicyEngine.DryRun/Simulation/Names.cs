namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// Turns running numbers into ids that tell nothing about their order: different numbers give different ids. In this way nobody reads
/// the truth off an id.
/// </summary>
internal readonly struct Names(ulong seed)
{
    public const int AccountDigits = 6;
    public const int KeyDigits = 8;
    public const int CardDigits = 10;
    public const int DeviceDigits = 10;

    private readonly ulong _accounts = Draw.Of(seed, 1);
    private readonly ulong _keys = Draw.Of(seed, 2);
    private readonly ulong _cards = Draw.Of(seed, 3);
    private readonly ulong _devices = Draw.Of(seed, 4);

    public ulong Account(int account) => Scramble((ulong)account, _accounts, AccountDigits * 4);

    public ulong Key(int account, bool isRotated) => Scramble(((ulong)account * 2) + (isRotated ? 1ul : 0), _keys, KeyDigits * 4);

    public ulong Card(ulong card) => Scramble(card, _cards, CardDigits * 4);

    public ulong Device(int device) => Scramble((ulong)device, _devices, DeviceDigits * 4);

    /// <summary>Each step can be undone, so no two numbers fall together.</summary>
    private static ulong Scramble(ulong value, ulong seed, int bits)
    {
        var mask = (1ul << bits) - 1;
        value = ((value ^ seed) * 0x9E3779B97F4A7C15) & mask;
        value ^= value >> (bits / 2);
        return (value * 0xBF58476D1CE4E5B9) & mask;
    }
}
