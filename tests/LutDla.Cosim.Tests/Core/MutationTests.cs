using LutDla.Cosim.Tests.Mutation;
using LutDla.Hardware.Configuration;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Small faults in arithmetic and handshake lines of the templates: each must be found.</summary>
public sealed class MutationTests
{
    /// <summary>File, a part of the line, what is there, what it becomes.</summary>
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { "lutdla_magnitudes.v", "? x - p : p - x", "x > p", "x < p" },
        { "lutdla_distance_l1.v", "distance_o = distance_o + term", "+ term", "- term" },
        { "lutdla_argmin_tree.v", "wire nearer", "right < left", "right <= left" },
        { "lutdla_argmin_tree.v", "LevelBit = 1", "(l - 1)", "l" },
        { "lutdla_load_gate.v", "full_q <= closed_q", "closed_q && !swap_i", "closed_q" },
        { "lutdla_load_gate.v", "closed_q <= (closed_q", "&& !swap_i", "" },
        { "lutdla_codebook_flip_flop.v", "active_q <= shadow_q", "swap_i[e]", "!swap_i[e]" },
        { "lutdla_codebook_loader.v", "write_entry_o <= entry", "entry;", "~entry;" },
        { "lutdla_counter.v", "value_q <= last_o", "+ One", "- One" },
        { "mutant_index_buffer.v", "assign space_o", "!= Full", "== Full" },
        { "mutant_index_buffer.v", "assign read = ", "!valid_q || read", "!valid_q && read" },
        { "mutant_index_buffer.v", "available_q <= available_q", "passed_q : None", "None : None" },
        { "mutant_index_buffer.v", "read_address_q <= rewind", "rewind ?", "!rewind ?" },
        { "mutant_issue.v", "&& !(read_single_i", "read_single_i && issued_q", "read_single_i && !issued_q" },
        { "mutant_issue.v", "assign read_ready_o", "!first ||", "first ||" },
        { "mutant_issue.v", "assign read_ready_o", "|| tables_full_i", "|| !tables_full_i" },
        { "mutant_issue.v", "stage_accumulate_q <=", "!read_first_group_i", "read_first_group_i" },
        { "lutdla_lane.v", "assign updated_o", "+ extended", "- extended" },
        { "lutdla_adder_part.v", "assign sum = extended[0 +: SumBits] +", "] + extended", "] - extended" },
        { "lutdla_one_hot_read.v", "select_q[d] <=", "==", "!=" },
        { "lutdla_table_bank_flip_flop.v", "shadow_q <= write_data_i", "&&", "||" },
        { "lutdla_table_loader.v", "&& step ==", "step ==", "step !=" },
        { "mutant_drain.v", "last_row_of_block = last_block", "last_block ?", "!last_block ?" },
        { "mutant_drain.v", "assign advance", "!valid_q[3]", "valid_q[3]" },
        { "mutant_drain.v", "wire start", "parameters_full_q &&", "parameters_full_q ||" },
        { "mutant_drain.v", "assign read_o", "!last_block", "last_block" },
        { "mutant_ccm.v", "assign activation_ready_o", "!first_block ||", "first_block ||" },
        { "lutdla_rescale_unit.v", "magnitude_q <=", "-sum", "~sum" },
        { "lutdla_rescale_unit.v", "wire [ProductBits:0] rounded", "+ {", "- {" },
        { "lutdla_rescale_unit.v", "if (value < minimum)", "value < minimum", "value > minimum" },
        { "lutdla_stream_fifo.v", "count_q <= push", "kept + One", "kept" },
        { "lutdla_memory_flip_flop.v", "read_data_o <= words", "if (read_enable_i)", "if (!read_enable_i)" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_of_one_token_is_found(string file, string line, string sound, string faulty) =>
        CoreMutation.AssertFoundAsync(Mutant, new TextMutation(file, line, sound, faulty));

    private static DesignConfig Mutant { get; } = new()
    {
        Name = "mutant",
        Similarity = new() { Metric = Hardware.DistanceMetric.L1, ActivationBits = 4, VectorLength = 2, Centroids = 3 },
        Matching = new() { TableBits = 4, Lanes = 2, SubspacesInParallel = 2, RowsInParallel = 2 },
        Tile = new() { Rows = 5, MaximumSubspaces = 8, IndexBufferBeats = 10, ScratchpadBuffers = 2 },
        Rescale = new() { Units = 1, OutputBits = 6 },
        Memories = new(),
    };
}
