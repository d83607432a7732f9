using CsCheck;
using LutDla.Exploration.Memories;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Tests.Memories;

public sealed class MacroTilingTests
{
    // 2 x 2 macros of 50 words of 20 bits: 4 (100 + 1000).
    [Fact]
    public void A_memory_beyond_the_largest_macro_is_made_of_several()
    {
        var memory = Price(100, 40, SampleMacros.Model());

        Assert.Equal(new MacroTiling(1, 2, 2, 50, 20), memory.Tiling);
        Assert.Equal(4400, memory.Area, 9);
        Assert.Equal(1, memory.Used, 9);
    }

    // One row of macros is active: 2 of 20 bits, 2 pJ a bit read and 3 written; all of 4 leak.
    [Fact]
    public void An_access_takes_the_macros_of_one_row_and_all_leak()
    {
        var memory = Price(100, 40, SampleMacros.Model());

        Assert.Equal((80, 120, 20, 1), (memory.ReadPicojoules, memory.WritePicojoules, memory.LeakageNanowatts, memory.AccessNanoseconds));
    }

    [Fact]
    public void Macros_of_one_port_are_two_banks_of_half_of_the_words()
    {
        var memory = Price(100, 40, SampleMacros.Model(SramPorts.OneReadWrite));

        Assert.Equal(new MacroTiling(2, 1, 2, 50, 20), memory.Tiling);
        Assert.Equal((4400, 80, 20), (memory.Area, memory.ReadPicojoules, memory.LeakageNanowatts));
        Assert.Equal(new MacroTiling(1, 2, 2, 50, 20), Price(100, 40, SampleMacros.Model(SramPorts.OneReadOneWrite)).Tiling);
    }

    // 4 x 4 bits in a macro of 16 x 8; of one port in two.
    [Theory]
    [InlineData(SramPorts.OneReadOneWrite, 228, 0.125)]
    [InlineData(SramPorts.OneReadWrite, 456, 0.0625)]
    public void A_memory_below_the_smallest_macro_pays_for_it(SramPorts ports, double area, double used)
    {
        var memory = Price(4, 4, SampleMacros.Model(ports));

        Assert.Equal((area, used, 16, 8), (memory.Area, memory.Used, memory.Tiling.MacroWords, memory.Tiling.MacroBits));
    }

    // At most 512 bits: 20 bits go with 25 words, 2 x 4 macros, 8 (100 + 500); 14 bits with 34 words, 3 x 3, 9 (100 + 476).
    [Fact]
    public void Wide_macros_have_few_words_where_those_that_were_fitted_had()
    {
        var memory = Price(100, 40, SampleMacros.Model(mostBits: 512));

        Assert.Equal(new MacroTiling(1, 4, 2, 25, 20), memory.Tiling);
        Assert.Equal(4800, memory.Area, 9);
    }

    // 130 um2 a macro and 1 a squared bit: 1 macro of 32 bits 130 + 512 + 1024 = 1666, 2 of 16 bits 2 (130 + 256 + 256) = 1284,
    // 3 of 11 bits 3 (130 + 176 + 121) = 1281, 4 of 8 bits 4 (130 + 128 + 64) = 1288.
    [Fact]
    public void A_word_is_split_where_wide_macros_cost_more()
    {
        var model = SampleMacros.Model();
        model = model with
        {
            Costs = new Dictionary<SramQuantity, SramCost> { [SramQuantity.Area] = SampleMacros.Cost(SramQuantity.Area, 130, 0, 0, 1, 1) },
        };

        var memory = Price(16, 32, model);

        Assert.Equal(new MacroTiling(1, 1, 3, 16, 11), memory.Tiling);
        Assert.Equal(1281, memory.Area, 9);
        Assert.Null(memory.ReadPicojoules ?? memory.WritePicojoules ?? memory.LeakageNanowatts ?? memory.AccessNanoseconds);
    }

    [Fact]
    public void Every_tiling_holds_the_memory_and_is_within_what_was_fitted() =>
        Gen.Select(Gen.Int[1, 20_000], Gen.Int[1, 3000], Gen.Int[256, 2048], Gen.Enum<SramPorts>()).Sample(
            (words, bits, mostBits, ports) =>
            {
                var model = SampleMacros.Model(ports, mostBits);
                var tiling = MacroTiling.Smallest(model, words, bits);
                Assert.True(model.Covers(tiling.MacroWords, tiling.MacroBits));
                Assert.Equal(ports == SramPorts.OneReadWrite ? 2 : 1, tiling.Banks);
                Assert.True((long)tiling.Banks * tiling.WordTiles * tiling.MacroWords >= words);
                Assert.True((long)tiling.WidthTiles * tiling.MacroBits >= bits);
                Assert.True((long)tiling.Banks * (tiling.WordTiles - 1) * tiling.MacroWords < words);
                Assert.True((long)(tiling.WidthTiles - 1) * tiling.MacroBits < bits);
            },
            iter: 1000);

    [Fact]
    public void All_macro_memories_of_a_core_are_priced_and_no_others()
    {
        var core = Core.From(DesignFile.Load(Repository.File("configs", "reference.json")));

        var memories = MacroMemory.Of(core, SampleMacros.Model());

        var inventory = core.Top.Occurrences().Where(o => o.Module is MemoryModule { Style: MemoryStyle.Macro });
        Assert.Equal(inventory.Sum(o => o.Count * ((MemoryModule)o.Module).Bits), memories.Sum(m => m.Copies * m.Words * m.WordBits));
        Assert.Contains(memories, m => m.Role == MemoryRole.Scratchpad);
        Assert.DoesNotContain(memories, m => m.Role == MemoryRole.Codebooks);
        Assert.Empty(MacroMemory.Of(Core.From(DesignFile.Load(Repository.File("configs", "tiny.json"))), SampleMacros.Model()));
    }

    private static MacroMemory Price(int words, int bits, SramModel model) =>
        MacroMemory.Of(new Memory(MemoryRole.Scratchpad, MemoryStyle.Macro, words, bits), 1, model);
}
