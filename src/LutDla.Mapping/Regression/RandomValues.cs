using System.Collections.Immutable;
using LutDla.Hardware;

namespace LutDla.Mapping.Regression;

/// <summary>Signed numbers that lie where arithmetic goes wrong.</summary>
internal static class RandomValues
{
    public static ImmutableArray<short> Of(Random random, int count, int bits) =>
        Of(random, count, bits, random.OnceIn(2) ? ValueProfile.NearZero : random.One(Enum.GetValues<ValueProfile>()));

    public static ImmutableArray<short> Of(Random random, int count, int bits, ValueProfile profile)
    {
        var (lowest, highest) = ((int)BitWidth.SignedMinimum(bits), (int)BitWidth.SignedMaximum(bits));
        var equal = random.Between(lowest, highest);
        return [.. Enumerable.Range(0, count).Select(_ => (short)(profile switch
        {
            ValueProfile.Uniform => random.Between(lowest, highest),
            ValueProfile.NearZero => random.OnceIn(2) ? random.Between(-2, 1) : random.Between(lowest, highest),
            ValueProfile.Extreme => random.One(lowest, highest),
            ValueProfile.Lowest => lowest,
            ValueProfile.Highest => highest,
            ValueProfile.Equal => equal,
            _ => throw new InvalidOperationException($"No numbers are known for the profile {profile}."),
        }))];
    }
}
