using System.Text;
using LutDla.Hardware;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Handoff.Vectors;

/// <summary>The beats of a layer with their fields taken apart, a beat a line; docs/integration.md describes the file.</summary>
internal static class BeatJson
{
    public const string FileName = "beats.json";

    public static string Of(IReadOnlyList<StreamVector> streams)
    {
        var text = new StringBuilder("{\n");
        foreach (var (k, vector) in streams.Index())
        {
            var beats = Enumerable.Range(0, vector.Beats.Count).Select(n => LayerJson.Json(Values(vector.Beats[n], 0, vector.Stream.Fields)));
            LayerJson.Append(text.Append(k == 0 ? "" : ",\n"), vector.Stream.Name, beats);
        }

        return text.Append("\n}\n").ToString();
    }

    private static Dictionary<string, object> Values(ReadOnlySpan<byte> beat, int offset, IReadOnlyList<StreamField> fields)
    {
        var values = new Dictionary<string, object>();
        foreach (var field in fields)
        {
            values[field.Name] = Value(beat, offset, field);
            offset += field.TotalBits;
        }

        return values;
    }

    private static object Value(ReadOnlySpan<byte> beat, int offset, StreamField field)
    {
        if (field.Count == 1 && field.Parts.Count == 0)
            return Element(beat, offset, field);
        var elements = new object[field.Count];
        for (var k = 0; k < field.Count; k++)
            elements[k] = Element(beat, offset + k * field.Bits, field);
        return elements;
    }

    private static object Element(ReadOnlySpan<byte> beat, int offset, StreamField field) => field switch
    {
        { Parts.Count: > 0 } => Values(beat, offset, field.Parts),
        { IsSigned: true } => BitField.ReadSigned(beat, offset, field.Bits),
        _ => BitField.ReadUnsigned(beat, offset, field.Bits),
    };
}
