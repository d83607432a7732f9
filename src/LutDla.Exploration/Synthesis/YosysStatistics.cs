using System.Text.Json;
using LutDla.Rtl.Tools;

namespace LutDla.Exploration.Synthesis;

/// <summary>Reads what <c>stat -json</c> of Yosys wrote.</summary>
internal static class YosysStatistics
{
    /// <summary>
    /// Reads the first part only: what follows the modules is no JSON when there are several (Yosys 0.23 prints a tree into it).
    /// </summary>
    public static IReadOnlyDictionary<string, YosysModule> Read(string path)
    {
        var reader = new Utf8JsonReader(File.ReadAllBytes(path));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("modules"))
                continue;
            reader.Read();
            using var modules = JsonDocument.ParseValue(ref reader);
            return modules.RootElement.EnumerateObject().Select(Module).ToDictionary(m => m.Id, StringComparer.Ordinal);
        }

        throw new ToolException($"{path} lists no modules.");
    }

    // A module's own name begins with a backslash where a cell's type does not.
    private static YosysModule Module(JsonProperty module) => new(
        module.Name.TrimStart('\\'),
        module.Value.GetProperty("num_memory_bits").GetInt64(),
        module.Value.GetProperty("num_cells_by_type").EnumerateObject()
            .ToDictionary(c => c.Name.TrimStart('\\'), c => c.Value.GetInt32(), StringComparer.Ordinal));
}
