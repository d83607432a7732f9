using System.Globalization;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Estimation;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>Clock, power and, of a network, what they come to: an example's time and energy, operations by area and by power.</summary>
internal static class DesignFigures
{
    public static void Show(Terminal terminal, CoreEstimate core, NetworkEstimate? network)
    {
        var table = new Table().AddColumns("figure", "value", "unit", "");
        table.Columns[1].RightAligned();
        void Row(string figure, double? value, string unit, string remark = "") =>
            table.AddRow(figure, value is { } number ? Short(number) : "not known", unit, remark);

        Row("area", core.Area / 1e6, "mm2", core switch
        {
            { Cost.Unpriced: { } missing } => $"without {missing}, whose cost is not known",
            { Cost.Macros.Count: 0 } => "cells",
            _ => "cells and macros",
        });
        Row("slowest path", core.PathNanoseconds, "ns", core.PathEnd is { } end ? $"into {end}" : "");
        if (core.Cost.Macros.Count > 0)
            Row("slowest macro", core.MacroNanoseconds, "ns", "a macro's access");
        Row("clock", core.ClockNanoseconds, "ns", "what figures below are for");
        if (network is null)
        {
            Row("most power of cells", core.CellMilliwatts(Activity.Full), "mW", "all parts busy always");
        }
        else
        {
            Row("latency", network.Milliseconds, "ms", Figures.Count(network.Images, "example"));
            Row("throughput", network.Gops, "GOPS", "2·M·K·N of LUT layers");
            Row("power, cells", network.CellMicrojoules / network.Milliseconds, "mW", "mean over the layers");
            Row("power, macros", network.MacroMicrojoules / network.Milliseconds, "mW");
            Row("energy an example", network.MicrojoulesOfImage, "uJ", "on the chip");
            Row(
                "traffic an example", network.TrafficMicrojoules / network.Images, "uJ",
                $"outside of the chip, {NetworkEstimate.TrafficPicojoulesOfBit} pJ a bit");
            Row("GOPS/mm2", network.GopsOfSquareMillimetre, "GOPS/mm2");
            Row("GOPS/W", network.GopsOfWatt, "GOPS/W", "on the chip");
        }

        terminal.Table(table);
        if (core.Technology.HasPower)
            terminal.Line("Power: cells and their pins, no wires, no clock tree, no glitches.");
    }

    public static object ForJson(CoreEstimate core, NetworkEstimate? network) => new
    {
        core.Area, core.CellArea, core.MacroArea, core.PathNanoseconds, core.PathEnd, core.MacroNanoseconds, core.ClockNanoseconds,
        MostCellMilliwatts = core.CellMilliwatts(Activity.Full),
        network?.Milliseconds, network?.Operations, network?.Gops, network?.CellMicrojoules, network?.MacroMicrojoules,
        network?.TrafficBits, network?.TrafficMicrojoules, network?.MicrojoulesOfImage, network?.Milliwatts,
        network?.GopsOfSquareMillimetre, network?.GopsOfWatt,
    };

    private static string Short(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);
}
