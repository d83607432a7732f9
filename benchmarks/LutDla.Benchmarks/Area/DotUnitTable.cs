using System.Globalization;
using LutDla.Baseline.Arrays;
using LutDla.Exploration.Calibration;
using LutDla.Exploration.Synthesis;
using LutDla.Hardware.Modules;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;

namespace LutDla.Benchmarks.Area;

/// <summary>A dot unit in one of its forms.</summary>
/// <param name="PerMultiplication">Square micrometres, operands not stored.</param>
/// <param name="EncoderPerWeight">What recognising the digits of a weight takes, which units of one column share.</param>
internal sealed record DotUnitFigures(
    string Operands, ProductForm Form, string Yosys, double PerMultiplication, double EncoderPerWeight, double? Nanoseconds);

/// <summary>Which form of products gives the smallest unit of each width of operands, and what synthesis makes of the operator.</summary>
internal sealed class DotUnitTable(SynthesisTarget target, TextWriter output)
{
    private const string Design = "unit";

    public async Task<IReadOnlyList<DotUnitFigures>> RunAsync()
    {
        var later = await IsThereAsync(ExternalTool.YowaspYosys);
        output.WriteLine("dot units alone, 8 products and the sum before: um2 a multiplication, um2 of recognising a weight's digits");
        if (!later)
            output.WriteLine("a later Yosys, which makes Booth rows of multipliers, is not installed: its rows are left out");
        var figures = new List<DotUnitFigures>();
        foreach (var operands in EqualArrays.Formats)
        {
            foreach (var form in Enum.GetValues<ProductForm>())
            {
                figures.Add(await OfAsync(operands, form, ExternalTool.Yosys, booth: false));
                if (later)
                    figures.Add(await OfAsync(operands, form, ExternalTool.YowaspYosys, booth: form == ProductForm.Operator));
            }
        }

        foreach (var f in figures)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {f.Operands,-5} {f.Form,-12} {f.Yosys,-26} {f.PerMultiplication,7:N0} {f.EncoderPerWeight,5:N0} "
                + $"{f.Nanoseconds,6:F2} ns"));
        }

        return figures;
    }

    private async Task<DotUnitFigures> OfAsync(OperandFormat operands, ProductForm form, ExternalTool yosys, bool booth)
    {
        var unit = new DotUnit(operands, form, DotAddend.OwnSum, operands.ActivationBits + operands.WeightBits + 8);
        var mapped = await SmallestAsync(unit, yosys, booth);
        var encoder = unit.IsBooth ? await EncoderAsync(operands) : 0;
        var name = booth ? $"{yosys.Name}, booth pass" : yosys.Name;
        return new(operands.Name, form, name, mapped.Area / DotUnit.Products, encoder, mapped.Nanoseconds);
    }

    private async Task<MappedVariant> SmallestAsync(Module module, ExternalTool yosys, bool booth)
    {
        var files = new DesignRenderer(TemplateRenderer.Default).RenderTree(Design, module);
        var request = CoreSynthesis.Request(Design, module, files, target) with
        {
            FullAdder = new FullAdder().NameIn(Design),
            Hierarchy = HierarchyPolicy.Flatten,
            Yosys = yosys,
            BoothMultipliers = booth,
        };
        return (await MappedVariant.AllAsync(request))[0];
    }

    private async Task<double> EncoderAsync(OperandFormat operands) =>
        (await new SampleSynthesis(target, ContentCache.Default).RunAsync(
            [new BoothEncoder(DotUnit.Products, operands.WeightBits)], default))[0].AreaPerInstance!.Value / DotUnit.Products;

    private static async Task<bool> IsThereAsync(ExternalTool tool)
    {
        try
        {
            await tool.VersionAsync(default);
            return true;
        }
        catch (MissingToolException)
        {
            return false;
        }
    }
}
