using LutDla.Exploration.Synthesis;
using LutDla.Hardware.Modules;
using LutDla.Rtl;
using LutDla.Rtl.Rendering;

namespace LutDla.Baseline.Arrays;

/// <summary>How an array is synthesised: as a core is, with the library's full adder where units have one.</summary>
public static class ArraySynthesis
{
    /// <summary>All source files of an array.</summary>
    public static IReadOnlyList<VerilogFile> Files(MacArray array) =>
        new DesignRenderer(TemplateRenderer.Default).RenderTree(array.Config.Name, array);

    public static SynthesisRequest Request(MacArray array, SynthesisTarget target)
    {
        var adder = new FullAdder().Name;
        var name = array.Config.Name;
        Module[] modules = [.. array.Occurrences().Select(o => o.Module).DistinctBy(m => m.Name)];
        return CoreSynthesis.Request(name, array, Files(array), target) with
        {
            FullAdder = modules.FirstOrDefault(m => m.Name == adder)?.NameIn(name),
            Hierarchy = HierarchyPolicy.Keep([.. modules.Where(m => m.Name != adder).Select(m => m.NameIn(name))]),
        };
    }
}
