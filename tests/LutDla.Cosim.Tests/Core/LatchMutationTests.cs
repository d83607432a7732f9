using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Small faults in the latch memories, in loading tables in many parts, and in the L2 distance: each must be found.</summary>
public sealed class LatchMutationTests
{
    /// <summary>Module, a part of the line, what is there, what it becomes.</summary>
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { "distance_l2", "square = square +", "+ ((", "- ((" },
        { "distance_l2", "square = square +", "(2 * i)", "i" },
        { "latch_row", "data_o = data_i", "if (gate_i)", "if (!gate_i)" },
        { "table_bank_latch", "u_copy", ".enable_i(swap_i)", ".enable_i(!swap_i)" },
        { "codebook_latch", "u_copy", "swap_i[e]", "write_enable_i" },
        { "memory_latch", ".data_i(write_data_q)", "write_data_q", "write_data_i" },
        { "memory_latch", ".enable_i(write_enable_i", "&&", "||" },
        { "one_hot_read", "row_o = row_o |", "row_o |", "row_o &" },
        { "table_loader", ".step_i(take && last_chunk),", "&& last_chunk", "" },
        { "codebook_loader", ".last_beat_i(take", "take && last", "take || last" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_of_one_token_is_found(string module, string line, string sound, string faulty) =>
        CoreMutation.AssertFoundAsync(Latched, module, line, sound, faulty);

    // Tables come lane by lane, subspace by subspace, module by module.
    private static DesignConfig Latched { get; } = new()
    {
        Name = "latched",
        Similarity = new() { Metric = DistanceMetric.L2, ActivationBits = 4, VectorLength = 2, Centroids = 3 },
        Matching =
            new() { TableBits = 4, Lanes = 2, Modules = 2, SubspacesInParallel = 2, RowsInParallel = 2, LoadLanes = 1, LoadSubspaces = 1 },
        Tile = new() { Rows = 5, MaximumSubspaces = 8, IndexBufferBeats = 10, ScratchpadBuffers = 2 },
        Rescale = new() { Units = 1, OutputBits = 6 },
        Memories = new()
        {
            Codebooks = MemoryStyle.Latch, Tables = MemoryStyle.Latch, Scratchpad = MemoryStyle.Latch,
            IndexBuffer = MemoryStyle.Latch, Parameters = MemoryStyle.Latch,
        },
    };
}
