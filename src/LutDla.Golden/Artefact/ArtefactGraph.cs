using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using LutDla.Golden.Model;

namespace LutDla.Golden.Artefact;

/// <summary>The JSON under <c>__metadata__.graph</c> of an artefact: everything of a network but its tensors (docs/artefact.md).</summary>
internal sealed record ArtefactGraph(
    string Name, ArtefactInput Input, ImmutableArray<ArtefactNode> Nodes, ImmutableSortedDictionary<string, string> Provenance,
    double? ResultScale = null, DataOrigin? Data = null)
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
            [.. network.Nodes.Select(node => node.Accept(ArtefactScalars.Instance))],
            network.Provenance,
            network.ResultScale,
            network.Data);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <exception cref="JsonException">Not JSON, or not of this form.</exception>
    public static ArtefactGraph FromJson(string json)
    {
        var graph = JsonSerializer.Deserialize<ArtefactGraph>(json, Options);
        return graph is { Nodes.IsDefault: false } && graph.Nodes.All(node => (ArtefactNode?)node is { IsWhole: true })
            && graph.Provenance.Values.All(v => (string?)v is not null)
            ? graph
            : throw new JsonException("The graph, its nodes, their inputs, rescales and the provenance must not hold null.");
    }
}

internal sealed record ArtefactInput(
    int Height, int Width, int Channels, int ActivationBits, int? Vocabulary = null, ByteMeaning? Bytes = null);
