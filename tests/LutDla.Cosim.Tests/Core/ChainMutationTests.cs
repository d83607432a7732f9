using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Cosim.Tests.Core;

/// <summary>
/// Small faults in the chain of distance elements, the Chebyshev distance, RAM and the command queues: each must be found.
/// </summary>
public sealed class ChainMutationTests
{
    /// <summary>Module, a part of the line, what is there, what it becomes.</summary>
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { "distance_chebyshev", "if (largest[", "> largest", "< largest" },
        { "distance_chebyshev", "for (stride = 1", "stride * 2", "stride * 4" },
        { "ccu_chain_chebyshev", "wire nearer", "distance < gen", "distance <= gen" },
        { "ccu_chain_chebyshev", "vector_q <= gen_dpe", "gen_dpe[j-1].vector_q", "vector_i" },
        { "table_bank_fpga_ram", "wire read_half", "? !half_q", "? half_q" },
        { "table_bank_fpga_ram", ".write_address_i", "!half_q", "half_q" },
        { "stream_fifo", "if (push && kept ==", "kept ==", "count_q ==" },
        { "stream_fifo", "wire [CountBits-1:0] kept", "- One", "+ One" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_of_one_token_is_found(string module, string line, string sound, string faulty) =>
        CoreMutation.AssertFoundAsync(Chained, module, line, sound, faulty);

    private static DesignConfig Chained { get; } = new()
    {
        Name = "chained",
        Similarity =
            new() { Metric = DistanceMetric.Chebyshev, ActivationBits = 4, VectorLength = 3, Centroids = 3, Unit = SimilarityUnit.Chain },
        Matching = new() { TableBits = 4, Lanes = 2, SubspacesInParallel = 1, RowsInParallel = 2 },
        Tile = new() { Rows = 5, MaximumSubspaces = 8, IndexBufferBeats = 10, ScratchpadBuffers = 2 },
        Rescale = new() { Units = 1, OutputBits = 6 },
        Memories = new()
        {
            Tables = MemoryStyle.FpgaRam, Scratchpad = MemoryStyle.FpgaRam, IndexBuffer = MemoryStyle.FpgaRam,
            Parameters = MemoryStyle.FpgaRam,
        },
    };
}
