using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Mapping.Regression;

/// <summary>Legal designs over the space of what a configuration may say, small enough that a simulator is built in seconds.</summary>
public static class RandomDesign
{
    private const int Purpose = 1;

    // Bits that are compared, and bits that are looked up, in one cycle.
    private const int MaximumSearchBits = 4000;
    private const int MaximumLookupBits = 2000;

    /// <param name="number">From 0; the same number is always the same design, named after it.</param>
    public static DesignConfig Of(int number)
    {
        var random = new Random(DerivedSeed.Of(number, Purpose));
        while (true)
        {
            var design = Any(random, $"random{number}");
            var parallel = design.Matching.SubspacesInParallel * design.Matching.RowsInParallel;
            var searchBits = parallel * design.Similarity.Centroids * design.Similarity.VectorLength * design.Similarity.ActivationBits;
            var lookupBits = parallel * design.Matching.Lanes * design.Matching.Modules * design.Matching.TableBits;
            if (searchBits <= MaximumSearchBits && lookupBits <= MaximumLookupBits)
                return design;
        }
    }

    private static DesignConfig Any(Random random, string name)
    {
        var lanes = random.One(1, 2, 3, 4, 6, 8, 12);
        var subspaces = random.One(1, 1, 2, 3, 4, 5, 16);
        var matching = new MatchingConfig
        {
            TableBits = random.Between(2, 16), Lanes = lanes, Modules = random.One(1, 1, 2, 3), SubspacesInParallel = subspaces,
            RowsInParallel = random.One(1, 1, 2, 3, 8), LoadLanes = random.OnceIn(3) ? 0 : Divisor(random, lanes),
            LoadSubspaces = Divisor(random, subspaces),
        };
        return new DesignConfig
        {
            Name = name,
            Similarity = Similarity(random),
            Matching = matching,
            Tile = Tile(random, matching),
            Rescale = new() { Units = Divisor(random, lanes), OutputBits = random.Between(2, 16) },
            Memories = Memories(random),
        };
    }

    private static SimilarityConfig Similarity(Random random) => new()
    {
        Metric = random.One(Enum.GetValues<DistanceMetric>()), ActivationBits = random.Between(4, 16), VectorLength = random.Between(1, 9),
        Centroids = random.OnceIn(8) ? random.Between(20, 40) : random.Between(2, 19), Unit = random.One(Enum.GetValues<SimilarityUnit>()),
    };

    // An index buffer that holds exactly a tile of some groups is drawn as often as any other.
    private static TileConfig Tile(Random random, MatchingConfig matching)
    {
        var rows = random.Between(1, 40);
        var maximumSubspaces = random.Between(1, 80);
        var exact = Division.RoundedUp(rows, matching.RowsInParallel) * random.Between(1, 4);
        var derived = BitWidth.ForSum(maximumSubspaces + matching.SubspacesInParallel, matching.TableBits);
        return new TileConfig
        {
            Rows = rows, MaximumSubspaces = maximumSubspaces, ScratchpadBuffers = random.Between(1, 2),
            IndexBufferBeats = Math.Max(4, random.OnceIn(2) ? exact : random.Between(4, 80)),
            AccumulatorBits = random.OnceIn(3) ? Math.Min(32, random.Between(matching.TableBits + 1, derived)) : 0,
        };
    }

    private static MemoryConfig Memories(Random random)
    {
        MemoryStyle Style() => random.One(Enum.GetValues<MemoryStyle>());
        return new MemoryConfig
        {
            Codebooks = random.One(MemoryStyle.FlipFlop, MemoryStyle.Latch),
            Tables = Style(), Scratchpad = Style(), IndexBuffer = Style(), Parameters = Style(),
        };
    }

    private static int Divisor(Random random, int whole) => random.One<int>([.. Enumerable.Range(1, whole).Where(d => whole % d == 0)]);
}
