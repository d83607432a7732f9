using System.Globalization;
using LutDla.Exploration.Liberty;
using LutDla.Exploration.Netlists;
using LutDla.Rtl.Tools;

namespace LutDla.Tests.Netlists;

public sealed class NetBufferingTests
{
    private static readonly LibertyLibrary Library = LibertyLibrary.Parse("cells.lib", """
        library (cells) {
          cell (buf) { pin (A) { direction : input; } pin (X) { direction : output; function : "A"; } }
          cell (inv) { pin (A) { direction : input; } pin (Y) { direction : output; function : "!A"; } }
          cell (dff) {
            ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; }
            pin (CK) { direction : input; clock : true; } pin (D) { direction : input; } pin (Q) { direction : output; function : "IQ"; } }
        }
        """);

    private static readonly LibertyCell Buffer = Library.Cells["buf"];

    [Theory]
    [InlineData(16, 0)]
    [InlineData(17, 2)]
    [InlineData(256, 16)]
    [InlineData(257, 17 + 2)]
    public void A_net_drives_16_sinks_at_most(int sinks, int buffers)
    {
        var netlist = Netlist.Parse(Module("inv", sinks, "in_i"));

        var added = NetBuffering.Insert(netlist, Netlist.Parse(""), Library, Buffer);

        Assert.Equal(buffers, added.GetValueOrDefault("top"));
        Assert.Equal(buffers, netlist.Modules[0].Instances.Count(i => i.Type == "buf"));
        Assert.All(Drivers(netlist).GroupBy(d => d.Source), net => Assert.InRange(net.Count(), 1, NetBuffering.MostSinks));
        Assert.Equal(sinks, Drivers(netlist).Count(d => d.Sink.StartsWith('u') && Root(netlist, d.Source) == "in_i"));
    }

    [Fact]
    public void One_bit_of_a_vector_is_buffered_and_its_neighbours_stay()
    {
        const string Bit = "\\in_i[0] ";
        const string Vector = "{ in_i[2:1], \\in_i[0] , 2'h1 }";
        var text = ((int[])[0, 19]).Aggregate(Module("inv", 20, Bit, "[2:0] "), (module, k) => module.Replace(
            $"u{k} (\n    .A({Bit})", $"u{k} (\n    .A({Vector})", StringComparison.Ordinal));
        var netlist = Netlist.Parse(text);

        Assert.Equal(2, NetBuffering.Insert(netlist, Netlist.Parse(""), Library, Buffer)["top"]);

        Assert.Equal("{ in_i[2], in_i[1], branch_1_, 2'h1 }", netlist.Modules[0].Instances[0].Connections[0].Expression);
        Assert.Equal("{ in_i[2], in_i[1], branch_2_, 2'h1 }", netlist.Modules[0].Instances[19].Connections[0].Expression);
    }

    [Theory]
    [InlineData("clk_i")]
    [InlineData("gated")]
    public void A_clock_is_left_to_the_clock_tree_through_modules_too(string clock)
    {
        var text = Module("storage", 20, clock).Replace(".A(", ".gate_i(", StringComparison.Ordinal) + """
            module storage(gate_i);
              input gate_i;
              dff u_0 (
                .CK(gate_i),
                .D(1'h0)
              );
            endmodule
            """;

        Assert.Empty(NetBuffering.Insert(Netlist.Parse(text), Netlist.Parse(""), Library, Buffer));
    }

    [Fact]
    public void The_reset_is_left_as_it_is() =>
        Assert.Empty(NetBuffering.Insert(Netlist.Parse(Module("inv", 20, "rst_ni")), Netlist.Parse(""), Library, Buffer));

    [Fact]
    public void The_ports_of_a_black_box_say_what_is_a_sink()
    {
        const string Box = """
            module box (data_i, data_o
            , more_o);
              input data_i;
              wire data_i;
              output data_o;
              output more_o;
            endmodule
            """;
        var sinks = Netlist.Parse(Module("box", 20, "net").Replace(".A(", ".data_i(", StringComparison.Ordinal));
        var drivers = Netlist.Parse(Module("box", 20, "net").Replace(".A(", ".more_o(", StringComparison.Ordinal));

        Assert.NotEmpty(NetBuffering.Insert(sinks, Netlist.Parse(Box), Library, Buffer));
        Assert.Empty(NetBuffering.Insert(drivers, Netlist.Parse(Box), Library, Buffer));
    }

    [Fact]
    public void A_cell_that_the_library_does_not_have_is_named()
    {
        var e = Assert.Throws<ToolException>(
            () => NetBuffering.Insert(Netlist.Parse(Module("$not", 1, "a")), Netlist.Parse(""), Library, Buffer));
        Assert.Contains("no cell for $not", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_netlist_is_written_as_it_was_read()
    {
        const string Text = """
            module \$paramod\m\W=s32'1 (a, \b[0] );
              input a;
              output \b[0] ;
              wire [3:0] c;
              inv \u.x[1]  (
                .A(a),
                .Y(\b[0] )
              );
              assign c = { a, a };
            endmodule


            """;

        Assert.Equal(Text, Netlist.Parse("/* Generated */\n\n" + Text).ToString());
    }

    private static string Module(string type, int instances, string net, string width = "") =>
        $"module top(in_i);\n  input {width}in_i;\n" + string.Concat(Enumerable.Range(0, instances).Select(
            k => string.Create(CultureInfo.InvariantCulture, $"  {(type[0] == '$' ? $"\\{type} " : type)} u{k} (\n    .A({net})\n  );\n"))) + "endmodule\n";

    private static IEnumerable<(string Source, string Sink)> Drivers(Netlist netlist) => netlist.Modules[0].Instances
        .SelectMany(i => i.Connections.Where(c => c.Port == "A").Select(c => (c.Expression, i.Name)));

    // Back through the buffers.
    private static string Root(Netlist netlist, string net) =>
        netlist.Modules[0].Instances.FirstOrDefault(i => i.Connections.Contains(("X", net))) is { } buffer
            ? Root(netlist, buffer.Connections.Single(c => c.Port == "A").Expression)
            : net;
}
