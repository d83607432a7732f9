using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Mapping.Regression;

namespace LutDla.Exploration.Calibration;

/// <summary>The designs whose modules a calibration samples: the space that estimates are meant for.</summary>
public static class CalibrationSpace
{
    // Bits of one memory, and bits that are compared or looked up in one cycle: larger ones only take longer to map.
    private const int MaximumMemoryBits = 20_000;
    private const int MaximumMemoryWords = 1024;
    private const int MaximumSearchBits = 20_000;
    private const int MaximumLookupBits = 8_000;

    private static readonly MemoryStyle[] AsicStyles = [MemoryStyle.FlipFlop, MemoryStyle.Latch, MemoryStyle.Macro];

    /// <param name="number">From 0; the same number is always the same design, named after it.</param>
    /// <param name="purpose">Keeps designs for fitting and designs for checking apart.</param>
    /// <param name="latches">Whether the technology has latches.</param>
    public static Core Design(int number, int purpose, bool latches)
    {
        var random = new Random(DerivedSeed.Of(number, purpose));
        while (true)
        {
            var config = Any(random, $"s{number}", latches);
            if (!DesignRules.Problems(config).Any() && Core.From(config) is var core && IsSmall(core))
                return core;
        }
    }

    private static bool IsSmall(Core core)
    {
        var parallel = core.SubspacesInParallel * core.RowsInParallel;
        return parallel * core.Centroids * core.VectorLength * core.ActivationBits <= MaximumSearchBits
            && parallel * core.Columns * core.TableBits <= MaximumLookupBits
            && core.Top.Occurrences().Select(o => o.Module).OfType<MemoryModule>().Where(m => m.Style != MemoryStyle.Macro)
                .All(m => m is { Bits: <= MaximumMemoryBits, Words: <= MaximumMemoryWords });
    }

    private static DesignConfig Any(Random random, string name, bool latches)
    {
        var lanes = random.One(2, 4, 6, 8, 12, 16, 24, 32, 48, 64);
        var subspaces = random.One(1, 2, 3, 4, 5, 6, 8, 12, 16);
        MemoryStyle Style() => latches ? random.One<MemoryStyle>(AsicStyles) : random.One(MemoryStyle.FlipFlop, MemoryStyle.Macro);
        return new DesignConfig
        {
            Name = name,
            Similarity = new()
            {
                Metric = random.One(Enum.GetValues<DistanceMetric>()), ActivationBits = random.One(4, 5, 6, 8, 8, 8, 10, 12),
                VectorLength = random.One(1, 2, 2, 3, 4, 4, 6, 8, 9), Centroids = random.One(4, 6, 8, 12, 16, 16, 24, 32, 64),
                Unit = random.One(Enum.GetValues<SimilarityUnit>()),
            },
            Matching = new()
            {
                TableBits = random.One(2, 3, 4, 4, 6, 8, 8, 8, 12), Lanes = lanes, Modules = random.One(1, 1, 1, 2, 4),
                SubspacesInParallel = subspaces, RowsInParallel = random.One(1, 1, 2, 3, 4, 6, 8),
                LoadLanes = random.OnceIn(2) ? 0 : Divisor(random, lanes), LoadSubspaces = Divisor(random, subspaces),
            },
            Tile = new()
            {
                Rows = random.One(8, 16, 32, 64, 128, 256, 512, 1024), MaximumSubspaces = random.One(16, 36, 72, 144, 288, 512, 1024),
                IndexBufferBeats = random.One(16, 32, 64, 128, 256, 512, 1024, 4096), ScratchpadBuffers = random.Between(1, 2),
            },
            Rescale = new() { Units = Divisor(random, lanes), OutputBits = random.One(4, 8, 8, 12, 16) },
            Memories = new()
            {
                Codebooks = latches && random.OnceIn(2) ? MemoryStyle.Latch : MemoryStyle.FlipFlop,
                Tables = Style(), Scratchpad = Style(), IndexBuffer = Style(), Parameters = Style(),
            },
        };
    }

    private static int Divisor(Random random, int whole) => random.One<int>([.. Enumerable.Range(1, whole).Where(d => whole % d == 0)]);
}
