using LutDla.Hardware.Configuration;

namespace LutDla.Cosim.Tests.Core;

/// <summary>Small faults in arithmetic and handshake lines of the templates: each must be found.</summary>
public sealed class MutationTests
{
    /// <summary>Module, a part of the line, what is there, what it becomes.</summary>
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { "magnitudes", "? x - p : p - x", "x > p", "x < p" },
        { "distance_l1", "distance_o = distance_o + term", "+ term", "- term" },
        { "argmin_tree", "wire nearer", "right < left", "right <= left" },
        { "argmin_tree", "LevelBit = 1", "(l - 1)", "l" },
        { "load_gate", "full_q <= closed_q", "closed_q && !swap_i", "closed_q" },
        { "load_gate", "closed_q <= (closed_q", "&& !swap_i", "" },
        { "codebook_flip_flop", "active_q <= shadow_q", "swap_i[e]", "!swap_i[e]" },
        { "codebook_loader", "write_entry_o <= entry", "entry;", "~entry;" },
        { "counter", "value_q <= last_o", "+ One", "- One" },
        { "index_buffer", "assign space_o", "!= Full", "== Full" },
        { "index_buffer", "assign read = ", "!valid_q || read", "!valid_q && read" },
        { "index_buffer", "available_q <= available_q", "passed_q : None", "None : None" },
        { "index_buffer", "read_address_q <= rewind", "rewind ?", "!rewind ?" },
        { "issue", "assign read_ready_o", "!first ||", "first ||" },
        { "issue", "assign read_ready_o", "|| tables_full_i", "|| !tables_full_i" },
        { "issue", "stage_accumulate_q <=", "!read_first_group_i", "read_first_group_i" },
        { "lane", "assign updated_o", "+ extended", "- extended" },
        { "adder_part", "assign sum = extended[0 +: SumBits] +", "] + extended", "] - extended" },
        { "one_hot_read", "select_q[d] <=", "==", "!=" },
        { "table_bank_flip_flop", "shadow_q <= write_data_i", "&&", "||" },
        { "table_loader", "&& step ==", "step ==", "step !=" },
        { "drain", "last_row_of_block = last_block", "last_block ?", "!last_block ?" },
        { "drain", "assign advance", "!valid_q[3]", "valid_q[3]" },
        { "drain", "wire start", "parameters_full_q &&", "parameters_full_q ||" },
        { "drain", "assign read_o", "!last_block", "last_block" },
        { "ccm", "assign activation_ready_o", "!first_block ||", "first_block ||" },
        { "rescale_unit", "magnitude_q <=", "-sum", "~sum" },
        { "rescale_unit", "wire [ProductBits:0] rounded", "+ {", "- {" },
        { "rescale_unit", "if (value < minimum)", "value < minimum", "value > minimum" },
        { "stream_fifo", "count_q <= push", "kept + One", "kept" },
        { "memory_flip_flop", "read_data_o <= words", "if (read_enable_i)", "if (!read_enable_i)" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_of_one_token_is_found(string module, string line, string sound, string faulty) =>
        CoreMutation.AssertFoundAsync(Mutant, module, line, sound, faulty);

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
