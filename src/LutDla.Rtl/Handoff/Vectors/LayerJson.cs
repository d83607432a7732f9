using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Handoff.Vectors;

/// <summary>A layer on a core: passes, streams, fields, cycles; docs/integration.md describes the file.</summary>
internal static class LayerJson
{
    public const string FileName = "layer.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a web page
    };

    public static string Of(
        Core core, LayerData data, IReadOnlyList<TilePass> passes, IReadOnlyList<PassTiming> timings, IReadOnlyList<StreamVector> streams)
    {
        var text = new StringBuilder("{\n");
        text.Append($"\"design\": {Json(core.Name)},\n\"top\": {Json(core.TopName)},\n\"layer\": {Json(data.Name)},\n");
        var shape = new { Rows = data.Shape.RowCount, Subspaces = data.Shape.SubspaceCount, Columns = data.Shape.ColumnCount };
        text.Append($"\"shape\": {Json(shape)},\n");
        text.Append($"\"last_result_cycle\": {timings[^1].LastResult},\n");
        Append(text, "passes", passes.Zip(timings, (pass, timing) => Json(Describe(pass, timing)))).Append(",\n");
        Append(text, "sequential_order", SequentialOrder.Of(core, passes).Select(run => Json(new object[] { run.Stream.Name, run.Beats })));
        text.Append(",\n\"streams\": [\n");
        foreach (var (k, vector) in streams.Index())
        {
            text.Append(k == 0 ? "" : ",\n");
            Append(text, vector);
        }

        return text.Append("\n]\n}\n").ToString();
    }

    private static void Append(StringBuilder text, StreamVector vector)
    {
        var stream = vector.Stream;
        text.Append($"{{\"name\": {Json(stream.Name)}, \"role\": {Json(stream.Role.ToString().ToLowerInvariant())}, ");
        text.Append($"\"bits\": {stream.PayloadBits}, \"beats\": {vector.Beats.Count}, \"summary\": {Json(stream.Summary)},\n");
        Append(text, "fields", stream.Fields.Select(field => Json(Describe(field))));
        if (vector.Cycles is { } cycles)
            text.Append($",\n\"cycles\": {Json(cycles)}");
        text.Append('}');
    }

    /// <summary>A key with an array that has a line for each element.</summary>
    internal static StringBuilder Append(StringBuilder text, string key, IEnumerable<string> lines) =>
        text.Append($"{Json(key)}: [\n").AppendJoin(",\n", lines).Append("\n]");

    private static object Describe(TilePass pass, PassTiming timing) => new
    {
        pass.FirstRow, pass.RowCount, pass.FirstColumn, pass.ColumnCount, pass.Blocks, pass.Groups, pass.RowBeats, pass.Search, pass.Keep,
        timing.FirstLookup, timing.LastLookup, timing.FirstResult, timing.LastResult,
    };

    private static object Describe(StreamField field) =>
        new { field.Name, field.Low, field.Bits, field.Count, field.IsSigned, field.Meaning, Parts = field.Parts.Select(Describe) };

    internal static string Json(object value) => JsonSerializer.Serialize(value, Options);
}
