using System.Text.Json;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Hardware.Modules.Storage;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Rendering;

namespace LutDla.Tests.Rendering;

public sealed class MemoryListTests
{
    [Fact]
    public void The_document_says_which_memories_edge_has()
    {
        var documented = File.ReadLines(Repository.File("docs", "core.md"))
            .SkipWhile(line => line != "## Memories")
            .Where(line => line.Contains(" buffers, ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1].Trim('`')}: {cells[4]}");

        var listed = Memories(Load("edge")).Select(m =>
            $"{Text(m, "role")}: {Text(m, "words")} x {Text(m, "word_bits")}, {Text(m, "buffers")} buffers, {Text(m, "copies")} copies");

        Assert.Equal(documented.Order(), listed.Order());
    }

    [Fact]
    public void A_macro_is_listed_under_the_name_of_the_module_that_it_replaces()
    {
        var edge = Load("edge").Config;
        var core = Core.From(edge with { Memories = edge.Memories with { Scratchpad = MemoryStyle.Macro } });

        var macro = Assert.Single(Memories(core), m => Text(m, "style") == "macro");

        Assert.Equal("scratchpad", Text(macro, "role"));
        Assert.Contains($"rtl/{Text(macro, "module")}.v", HandoffFolder.Of(core, TemplateRenderer.Default).Select(f => f.Path));
    }

    [Fact]
    public void A_memory_of_latches_has_a_latch_for_each_bit_that_it_stores()
    {
        var tiny = Load("tiny").Config;
        var memories = Core.From(tiny with
        {
            Memories = new()
            {
                Codebooks = MemoryStyle.Latch, Tables = MemoryStyle.Latch, Scratchpad = MemoryStyle.Latch,
                IndexBuffer = MemoryStyle.Latch, Parameters = MemoryStyle.Latch,
            },
        }).Top.Occurrences().Select(o => o.Module).OfType<MemoryModule>().ToList();

        Assert.Equal(Enum.GetValues<MemoryRole>().Order(), memories.Select(m => m.Role).Order());
        Assert.All(memories, m => Assert.Equal(m.Bits, m.Children.Sum(c => c.Count * (c.Module as Latch)?.Width ?? 0)));
    }

    private static Core Load(string name) => Core.From(DesignFile.Load(Repository.File("configs", $"{name}.json")));

    private static List<JsonElement> Memories(Core core)
    {
        var file = HandoffFolder.Of(core, TemplateRenderer.Default).Single(f => f.Path == MemoryList.FileName);
        return [.. JsonDocument.Parse(file.Text).RootElement.GetProperty("memories").EnumerateArray()];
    }

    private static string Text(JsonElement memory, string key) => memory.GetProperty(key).ToString();
}
