using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Tests.Configuration;

public sealed class WidePortTests
{
    private static readonly Dictionary<string, Func<DesignConfig, DesignConfig>> Halved = new(StringComparer.Ordinal)
    {
        ["matching.subspaces_in_parallel"] = c => c with { Matching = c.Matching with { SubspacesInParallel = 2 } },
        ["matching.rows_in_parallel"] = c => c with { Matching = c.Matching with { RowsInParallel = 2 } },
        ["matching.load_lanes"] = c => c with { Matching = c.Matching with { LoadLanes = 2 } },
        ["matching.load_subspaces"] = c => c with { Matching = c.Matching with { LoadSubspaces = 1 } },
        ["rescale.units"] = c => c with { Rescale = c.Rescale with { Units = 2 } },
    };

    [Fact]
    public void Every_setting_that_is_said_to_narrow_a_port_narrows_it()
    {
        var wide = Core.From(Wide);
        var promises = wide.Streams.All.SelectMany(s => s.NarrowedBy.Select(key => (Stream: s, Key: key))).ToList();

        Assert.Equal(Halved.Keys.Order(), promises.Select(p => p.Key).Distinct().Order());
        Assert.All(promises, p => Assert.True(
            Core.From(Halved[p.Key](Wide)).Streams.All.Single(s => s.Name == p.Stream.Name).PayloadBits < p.Stream.PayloadBits, $"{p}"));
    }

    [Fact]
    public void A_port_of_the_limit_is_no_warning_and_one_bit_more_is()
    {
        // 256 results of 16 bits and the mark of the last beat.
        var lanes = Wide.Matching with { Lanes = 256, LoadLanes = 1 };
        var wide = Wide with { Matching = lanes, Rescale = new() { Units = 256, OutputBits = 16 } };
        var narrow = wide with { Rescale = new() { Units = 128, OutputBits = 16 } };

        Assert.Equal(4097, Assert.Single(WidePort.Of(Core.From(wide)), p => p.Name == "result_data_o").Bits);
        Assert.DoesNotContain(WidePort.Of(Core.From(narrow)), p => p.Name == "result_data_o");
    }

    [Fact]
    public void A_port_of_exactly_the_limit_is_no_warning()
    {
        var design = Wide with
        {
            Similarity = Wide.Similarity with { ActivationBits = 16, VectorLength = 16 },
            Matching = Wide.Matching with { SubspacesInParallel = 16, LoadSubspaces = 1 },
        };
        var core = Core.From(design with { Tile = design.Tile with { MaximumSubspaces = 16 } });

        Assert.Equal(WidePort.MaximumBits, core.Streams.Codebook.PayloadBits);
        Assert.DoesNotContain(WidePort.Of(core), p => p.Name == "codebook_data_i");
    }

    [Fact]
    public void The_warning_names_the_port_its_bits_and_what_narrows_it() => Assert.Equal(
        "table_data_i has 8,192 bits; many tools refuse more than 4,096. Lower matching.load_lanes or matching.load_subspaces.",
        new WidePort("table_data_i", 8192, ["matching.load_lanes", "matching.load_subspaces"]).Warning);

    private static DesignConfig Wide
    {
        get
        {
            var tiny = DesignFile.Load(Repository.File("configs", "tiny.json"));
            return tiny with
            {
                Matching = tiny.Matching with { Lanes = 4, LoadLanes = 4, SubspacesInParallel = 4, LoadSubspaces = 2, RowsInParallel = 4 },
                Rescale = tiny.Rescale with { Units = 4 },
            };
        }
    }
}
