using System.Text.Json;
using System.Text.Json.Serialization;
using LutDla.Hardware;
using LutDla.Hardware.Modules.Storage;

namespace LutDla.Rtl.Handoff;

/// <summary>Every memory of a core, for who maps them to macros or budgets their area. docs/core.md describes the file.</summary>
public static class MemoryList
{
    public const string FileName = "memories.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal static HandoffFile Of(Core core) => new(FileName, JsonSerializer.Serialize(
        new
        {
            Top = core.TopName,
            Memories = from place in core.Top.Occurrences()
                       let memory = place.Module as MemoryModule
                       where memory is not null
                       select new
                       {
                           memory.Role,
                           Instance = place.Path,
                           Module = memory.NameIn(core.Name),
                           memory.Style,
                           memory.Words,
                           memory.WordBits,
                           memory.Buffers,
                           Copies = place.Count,
                           TotalBits = place.Count * memory.Bits,
                           Write = new { Ports = 1, Bits = memory.WriteBits },
                           Read = new { Ports = memory.ReadPorts, Latency = memory.ReadLatency },
                       },
        },
        Options) + "\n");
}
