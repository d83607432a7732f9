using LutDla.Hardware;
using LutDla.Hardware.Configuration;

namespace LutDla.Rtl.Rendering;

/// <summary>Renders a core into its source files: a pure function; who calls it writes them.</summary>
public sealed class DesignRenderer(TemplateRenderer templates)
{
    /// <summary>Every module that the core uses, one a file, sorted by file name.</summary>
    public IReadOnlyList<VerilogFile> Render(Core core)
    {
        var model = new CoreModel(core);
        (string File, string Template)[] named =
        [
            ($"{core.TopName}.v", "core/core.v.scriban"),
            ($"{core.Name}_ccm.v", "ccm/ccm.v.scriban"),
            ($"{core.Name}_index_buffer.v", "core/index_buffer.v.scriban"),
            ($"{core.Name}_issue.v", "core/issue.v.scriban"),
            ($"{core.Name}_imm.v", "imm/imm.v.scriban"),
            ($"{core.Name}_drain.v", "core/drain.v.scriban"),
        ];
        return
        [
            .. named.Select(n => new VerilogFile(n.File, templates.Render(n.Template, new { Core = model })))
                .Append(SimilarityUnit(model))
                .Concat(model.TablesInRam ? [RamTable(model)] : [])
                .Concat(Cells(core, model).Select(Cell))
                .OrderBy(f => f.Name, StringComparer.Ordinal),
        ];
    }

    private VerilogFile SimilarityUnit(CoreModel model) => new(
        $"lutdla_ccu_{model.UnitName}_{model.MetricName}.v",
        templates.Render($"ccm/ccu_{model.UnitName}.v.scriban", new { Metric = model.MetricName, StageLevels = Core.ArgminStageLevels }));

    private VerilogFile RamTable(CoreModel model) => new(
        $"lutdla_table_bank_{model.TableStyle}.v",
        templates.Render("imm/table_bank_ram.v.scriban", new { Style = model.TableStyle }));

    private VerilogFile Cell(string name) => new($"{name}.v", templates.Copy($"cells/{name}.v"));

    private static SortedSet<string> Cells(Core core, CoreModel model)
    {
        SortedSet<string> cells = new(StringComparer.Ordinal)
        {
            "lutdla_adder_part", "lutdla_adder_tree", "lutdla_codebook_loader", $"lutdla_codebook_{model.CodebookStyle}", "lutdla_counter",
            $"lutdla_distance_{model.MetricName}", "lutdla_lane", "lutdla_load_gate", "lutdla_magnitudes", "lutdla_rescale_unit", "lutdla_sign_extend",
            "lutdla_stream_fifo", "lutdla_table_loader",
            $"lutdla_memory_{model.ScratchpadStyle}", $"lutdla_memory_{model.IndexBufferStyle}", $"lutdla_memory_{model.ParameterStyle}",
        };
        if (core.Unit == Hardware.Configuration.SimilarityUnit.Tree)
            cells.Add("lutdla_argmin_tree");
        if (model.TablesInRam)
            cells.Add($"lutdla_memory_{model.TableStyle}");
        else
            cells.UnionWith([$"lutdla_table_bank_{model.TableStyle}", "lutdla_one_hot_read"]);

        MemoryConfig m = core.Memories;
        if (new[] { m.Codebooks, m.Tables, m.Scratchpad, m.IndexBuffer, m.Parameters }.Contains(MemoryStyle.Latch))
            cells.UnionWith(["lutdla_latch", "lutdla_clock_gate"]);
        return cells;
    }
}
