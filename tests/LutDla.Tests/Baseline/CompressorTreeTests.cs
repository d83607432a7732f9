using CsCheck;
using LutDla.Baseline.Arrays;

namespace LutDla.Tests.Baseline;

/// <summary>Adders of a tree, one after the other, make the sum of its bits.</summary>
public sealed class CompressorTreeTests
{
    private static readonly Gen<(int[] Bits, long Constant, int Seed)> Any =
        Gen.Select(Gen.Int[0, 9].Array[1, 20], Gen.Long[-(1 << 20), 1 << 20], Gen.Int[0, 1000]);

    [Fact]
    public void The_result_is_the_sum_of_bits_and_constant() => Any.Sample(sample =>
    {
        var (columns, values, expected) = (new List<TreeBit>[sample.Bits.Length], Constants(), sample.Constant);
        var random = new Random(sample.Seed);
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = [];
            for (var k = 0; k < sample.Bits[c]; k++)
            {
                columns[c].Add(new TreeBit($"bit_{c}_{k}", random.Next(4)));
                values[$"bit_{c}_{k}"] = random.Next(2);
                expected += (long)values[$"bit_{c}_{k}"] << c;
            }
        }

        var tree = new CompressorTree(columns, sample.Constant);
        foreach (var adder in tree.Adders)
            Add(adder, values);

        long result = 0;
        for (var c = 0; c < columns.Length; c++)
            result += (long)values[tree.Result[c]] << c;
        Assert.Equal(expected & ((1L << columns.Length) - 1), result);
    });

    [Fact]
    public void A_weight_has_one_half_adder_at_most()
    {
        var tree = new CompressorTree([[new("a", 0), new("b", 0), new("c", 0), new("d", 0)]], 0);
        Assert.Equal(["full", "half"], tree.Adders.Select(a => a.Kind));
    }

    [Fact]
    public void Bits_that_come_last_are_added_last()
    {
        var tree = new CompressorTree([[new("late", 9), new("a", 0), new("b", 0), new("c", 0), new("d", 0)]], 0);
        Assert.Equal("late", tree.Adders[^1].C);
    }

    private static Dictionary<string, int> Constants() => new() { ["1'b0"] = 0, ["1'b1"] = 1 };

    private static void Add(TreeAdder adder, Dictionary<string, int> values)
    {
        var one = adder.Kind is "half_and_one" or "one" ? 1 : 0;
        var sum = one + new[] { adder.A, adder.B, adder.C }.Where(wire => wire.Length > 0).Sum(wire => values[wire]);
        values[adder.Sum] = sum & 1;
        if (adder.Carry.Length > 0)
            values[adder.Carry] = sum >> 1;
    }
}
