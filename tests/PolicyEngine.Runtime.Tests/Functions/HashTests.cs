using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Tests.Functions;

public sealed class HashTests
{
    [Fact]
    public void Buckets_ids_jitter_and_fingerprints_are_fixed_by_definition()
    {
        Assert.Equal(460, StableHash.SampleBucket("cot_harvest", "account", "acc_0002db"u8));
        Assert.Equal(2360, StableHash.SampleBucket("r", "card", ""u8));
        Assert.Equal(9848, StableHash.HoldoutBucket("distillation", "account", "acc_0002db"u8));
        Assert.Equal(15_017_736, StableHash.Jitter("d_00", "account", "a1"u8, 5 * 3_600_000));
        Assert.Equal(0, StableHash.Jitter("d_00", "account", "a1"u8, 0));
        Assert.Equal("25cf3c44c8f39313", StableHash.SensitiveFingerprint("key"u8, "secret"u8));
        Assert.Equal("d_57a809f09293b5016783dd06c6e54cc0", Decision("e1", "cot_harvest"));
    }

    [Fact]
    public void Parts_of_a_decision_id_do_not_run_together() =>
        Assert.NotEqual(Decision("e1", "cot_harvest"), Decision("e", "1cot_harvest"));

    [Fact]
    public void A_long_key_has_a_bucket_too() =>
        Assert.InRange(StableHash.SampleBucket("r", "account", new byte[5000]), 0, StableHash.Buckets - 1);

    [Fact]
    public void Buckets_are_spread_evenly()
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => Encoding.UTF8.GetBytes($"a{i}"));
        var below = keys.Count(key => StableHash.SampleBucket("r", "account", key) < 1_000);
        Assert.InRange(below, 1_800, 2_200);
    }

    [Fact]
    public void The_software_round_is_that_of_the_standard()
    {
        // FIPS 197, appendix B, round 1.
        var state = Bytes("193de3bea0f4e22b9ac68d2ae9f84808");
        var key = Bytes("a0fafe1788542cb123a339392a6c7605");
        Assert.Equal(Bytes("a49c7ff2689f352b6b5bea43026a5049"), SoftwareAes.Round(state, key));
        if (Aes.IsSupported)
            Assert.Equal(Aes.Encrypt(state, key), SoftwareAes.Round(state, key));
    }

    [Fact]
    public void Seeded_hashes_depend_on_every_byte_the_length_and_the_seed() =>
        Gen.Select(Gen.Byte.Array[0, 70], Gen.ULong, Gen.Int[0, 69]).Sample((key, seed, at) =>
        {
            var hash = new SeededHash128(new Bits128(0, (ulong)(seed)));
            Assert.Equal(hash.Hash(key), new SeededHash128(new Bits128(0, (ulong)(seed))).Hash(key.ToArray()));
            Assert.NotEqual(hash.Hash(key), new SeededHash128(new Bits128(0, (ulong)(seed + 1))).Hash(key));
            Assert.NotEqual(hash.Hash(key), hash.Hash([.. key, 0]));
            if (at >= key.Length)
                return;
            var changed = key.ToArray();
            changed[at] ^= 0x40;
            Assert.NotEqual(hash.Hash(key), hash.Hash(changed));
        });

    [Fact]
    public void Running_numbers_fill_a_table_without_clusters()
    {
        var hash = new SeededHash128(new Bits128(0, (ulong)(7)));
        var load = new int[1024];
        for (var i = 0; i < 64 * 1024; i++)
            load[hash.Hash64(Encoding.UTF8.GetBytes($"acc_{i:x6}")) & 1023]++;
        Assert.InRange(load.Max(), 64, 110);
        Assert.InRange(load.Min(), 25, 64);
    }

    private static Vector128<byte> Bytes(string hex) => Vector128.Create(Convert.FromHexString(hex));

    private static string Decision(string origin, string rule) => StableHash.DecisionId(new DecisionParts
    {
        TriggerKind = "per"u8,
        Origin = Encoding.UTF8.GetBytes(origin),
        RuleId = Encoding.UTF8.GetBytes(rule),
        RuleHash = [1, 2],
        Key = "a1"u8,
    });
}
