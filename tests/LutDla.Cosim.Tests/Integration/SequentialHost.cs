using System.Globalization;
using LutDla.Hardware.Integration;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Integration;

/// <summary>
/// A host that serves one stream after the other, each beat to its end, as a single processor would; in Icarus, with the checker.
/// </summary>
internal static class SequentialHost
{
    private const string Text = """
        `default_nettype none
        module host;
          reg clk, rst_n;
          reg [5:0] valid;   // command, codebook, activation, table, parameter; the last one is the ready of results
          wire [5:0] ready;  // and the valid of results
          reg [255:0] data, expected;
          wire [255:0] result;
          wire index_valid, broken;
          integer file, stream;

          initial forever #5 clk = !clk;
          assign result[255:RESULT_BITS] = 0;

          odd_core u_core (
            .clk_i(clk), .rst_ni(rst_n),
            .command_valid_i(valid[0]), .command_ready_o(ready[0]), .command_data_i(data[COMMAND_BITS-1:0]),
            .codebook_valid_i(valid[1]), .codebook_ready_o(ready[1]), .codebook_data_i(data[CODEBOOK_BITS-1:0]),
            .activation_valid_i(valid[2]), .activation_ready_o(ready[2]), .activation_data_i(data[ACTIVATION_BITS-1:0]),
            .table_valid_i(valid[3]), .table_ready_o(ready[3]), .table_data_i(data[TABLE_BITS-1:0]),
            .parameter_valid_i(valid[4]), .parameter_ready_o(ready[4]), .parameter_data_i(data[PARAMETER_BITS-1:0]),
            .result_valid_o(ready[5]), .result_ready_i(valid[5]), .result_data_o(result[RESULT_BITS-1:0]),
            .index_valid_o(index_valid), .index_data_o());

          odd_checker u_checker (
            .clk_i(clk), .rst_ni(rst_n),
            .command_valid_i(valid[0]), .command_ready_i(ready[0]), .command_data_i(data[COMMAND_BITS-1:0]),
            .codebook_valid_i(valid[1]), .codebook_ready_i(ready[1]), .codebook_data_i(data[CODEBOOK_BITS-1:0]),
            .activation_valid_i(valid[2]), .activation_ready_i(ready[2]), .activation_data_i(data[ACTIVATION_BITS-1:0]),
            .table_valid_i(valid[3]), .table_ready_i(ready[3]), .table_data_i(data[TABLE_BITS-1:0]),
            .parameter_valid_i(valid[4]), .parameter_ready_i(ready[4]), .parameter_data_i(data[PARAMETER_BITS-1:0]),
            .result_valid_i(ready[5]), .result_ready_i(valid[5]), .index_valid_i(index_valid),
            .end_i(1'b0), .broken_o(broken), .rule_o());

          always @(posedge clk) if (broken) $finish;

          initial begin
            clk = 0;
            rst_n = 0;
            valid = 0;
            file = $fopen("order.txt", "r");
            repeat (3) @(posedge clk);
            rst_n <= 1;
            while ($fscanf(file, "%d %h\n", stream, expected) == 2) begin
              data <= expected;
              valid <= 6'd1 << stream;
              @(posedge clk);
              while (!ready[stream]) @(posedge clk);
              if (stream == 5 && result != expected) $display("different: %h, expected %h", result, expected);
              valid <= 0;
            end
            $display("all served");
            $finish;
          end
        endmodule

        """;

    private static readonly string[] Numbers = ["command", "codebook", "activation", "table", "parameter", "result"];

    /// <param name="order">Beats by their stream, as they are served; those of a stream are the next ones that the layer has of it.</param>
    /// <returns>What the simulation printed.</returns>
    public static async Task<string> ServeAsync(IEnumerable<StreamRun> order)
    {
        using var scratch = new ScratchFolder();
        var (core, renderer) = (OddDesign.Core, new DesignRenderer(TemplateRenderer.Default));
        var streams = new LayerStreams(core, OddDesign.Layer);
        var beats = new Dictionary<string, BeatList>(streams.ByName)
        {
            [core.Streams.Result.Name] = ExpectedBeats.Results(core, OddDesign.Layer, streams.Passes),
        };
        var served = beats.ToDictionary(b => b.Key, _ => 0);
        var lines = order.SelectMany(run => Enumerable.Range(0, run.Beats).Select(_ =>
            $"{Array.IndexOf(Numbers, run.Stream.Name)} {Hexadecimal(beats[run.Stream.Name][served[run.Stream.Name]++])}"));

        File.WriteAllLines(scratch.File("order.txt"), lines);
        var text = core.Streams.All.Aggregate(Text, (t, s) => t.Replace(
            $"{s.Name.ToUpperInvariant()}_BITS", s.PayloadBits.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        File.WriteAllText(scratch.File("host.v"), text);
        foreach (var file in renderer.Render(core).Append(renderer.Render(core.Name, new StreamChecker(core))))
            File.WriteAllText(scratch.File(file.Name), file.Text);

        var cancellation = TestContext.Current.CancellationToken;
        string[] sources = [.. Directory.GetFiles(scratch.Path, "*.v").Select(path => Path.GetFileName(path))];
        await ExternalTool.Icarus.RunAsync(scratch.Path, ["-g2005", "-s", "host", "-o", "host", .. sources], cancellation);
        return (await new ExternalTool("vvp", "iverilog").RunAsync(scratch.Path, ["-n", "host"], cancellation)).StandardOutput;
    }

    private static string Hexadecimal(ReadOnlySpan<byte> beat)
    {
        byte[] bytes = [.. beat];
        Array.Reverse(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
