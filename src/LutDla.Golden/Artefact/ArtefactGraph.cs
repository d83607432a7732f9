using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using LutDla.Golden.Model;

namespace LutDla.Golden.Artefact;

/// <summary>The JSON under <c>__metadata__.graph</c> of an artefact: everything of a network but its tensors (docs/artefact.md).</summary>
internal sealed record ArtefactGraph(
    string Name, ArtefactInput Input, ImmutableArray<ArtefactNode> Nodes, ImmutableSortedDictionary<string, string> Provenance,
    double? ResultScale = null)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static ArtefactGraph From(QuantizedNetwork network)
    {
        var input = network.Input;
        return new ArtefactGraph(
            network.Name,
            new ArtefactInput(input.Height, input.Width, input.Channels, input.ActivationBits, input.Vocabulary, input.Bytes),
            [.. network.Nodes.Select(ArtefactNode.From)],
            network.Provenance,
            network.ResultScale);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <exception cref="JsonException">Not JSON, or not of this form.</exception>
    public static ArtefactGraph FromJson(string json)
    {
        var graph = JsonSerializer.Deserialize<ArtefactGraph>(json, Options);
        return graph is { Nodes.IsDefault: false } && graph.Nodes.All(IsWhole) && graph.Provenance.Values.All(v => (string?)v is not null)
            ? graph
            : throw new JsonException("The graph, its nodes, their inputs, rescales and the provenance must not hold null.");
    }

    // The serialiser lets null through as an element of a collection, whatever the annotation says.
    private static bool IsWhole(ArtefactNode? node) =>
        node is { Inputs.IsDefault: false } && node.Inputs.All(input => (string?)input is not null)
        && (node is not ArtefactConcat concat || (!concat.Rescales.IsDefault && concat.Rescales.All(rescale => (TensorRescale?)rescale is not null)));
}

internal sealed record ArtefactInput(int Height, int Width, int Channels, int ActivationBits, int? Vocabulary = null, ByteMeaning? Bytes = null);
