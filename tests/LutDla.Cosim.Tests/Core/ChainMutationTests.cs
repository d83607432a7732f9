using LutDla.Cosim.Tests.Mutation;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Small faults in the chain of distance elements, the Chebyshev distance, RAM and the command queues: each must be found.</summary>
public sealed class ChainMutationTests
{
    /// <summary>File, a part of the line, what is there, what it becomes.</summary>
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { "lutdla_distance_chebyshev.v", "if (largest[", "> largest", "< largest" },
        { "lutdla_distance_chebyshev.v", "for (stride = 1", "stride * 2", "stride * 4" },
        { "lutdla_ccu_chain_chebyshev.v", "wire nearer", "distance < gen", "distance <= gen" },
        { "lutdla_ccu_chain_chebyshev.v", "vector_q <= gen_dpe", "gen_dpe[j-1].vector_q", "vector_i" },
        { "lutdla_table_bank_fpga_ram.v", "wire read_half", "? !half_q", "? half_q" },
        { "lutdla_table_bank_fpga_ram.v", ".write_address_i", "!half_q", "half_q" },
        { "lutdla_stream_fifo.v", "if (push && kept ==", "kept ==", "count_q ==" },
        { "lutdla_stream_fifo.v", "wire [CountBits-1:0] kept", "- One", "+ One" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_of_one_token_is_found(string file, string line, string sound, string faulty) =>
        CoreMutation.AssertFoundAsync(Chained, new TextMutation(file, line, sound, faulty));

    private static DesignConfig Chained { get; } = new()
    {
        Name = "chained",
        Similarity = new() { Metric = DistanceMetric.Chebyshev, ActivationBits = 4, VectorLength = 3, Centroids = 3, Unit = SimilarityUnit.Chain },
        Matching = new() { TableBits = 4, Lanes = 2, SubspacesInParallel = 1, RowsInParallel = 2 },
        Tile = new() { Rows = 5, MaximumSubspaces = 8, IndexBufferBeats = 10, ScratchpadBuffers = 2 },
        Rescale = new() { Units = 1, OutputBits = 6 },
        Memories = new()
        {
            Tables = MemoryStyle.FpgaRam, Scratchpad = MemoryStyle.FpgaRam, IndexBuffer = MemoryStyle.FpgaRam, Parameters = MemoryStyle.FpgaRam,
        },
    };
}
