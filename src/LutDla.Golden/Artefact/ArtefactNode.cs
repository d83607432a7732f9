using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LutDla.Golden.Model;
using LutDla.Golden.Tokens;

namespace LutDla.Golden.Artefact;

/// <summary>A node in the JSON graph of an artefact: its scalars. Tensors lie beside the graph.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(ArtefactLut), "lut")]
[JsonDerivedType(typeof(ArtefactExact), "exact")]
[JsonDerivedType(typeof(ArtefactPool), "pool")]
[JsonDerivedType(typeof(ArtefactAdd), "add")]
[JsonDerivedType(typeof(ArtefactRelu), "relu")]
[JsonDerivedType(typeof(ArtefactFlatten), "flatten")]
[JsonDerivedType(typeof(ArtefactChannelPad), "channel_pad")]
[JsonDerivedType(typeof(ArtefactElement), "element")]
[JsonDerivedType(typeof(ArtefactProduct), "product")]
[JsonDerivedType(typeof(ArtefactConcat), "concat")]
[JsonDerivedType(typeof(ArtefactNorm), "norm")]
[JsonDerivedType(typeof(ArtefactAttention), "attention")]
[JsonDerivedType(typeof(ArtefactGatedProduct), "gated_product")]
[JsonDerivedType(typeof(ArtefactGelu), "gelu")]
[JsonDerivedType(typeof(ArtefactTokenMean), "token_mean")]
internal abstract record ArtefactNode(string Name, ImmutableArray<string> Inputs)
{
    /// <summary>False if there is null where a list has an element: the serialiser lets it through, whatever the annotation says.</summary>
    internal virtual bool IsWhole => !Inputs.IsDefault && Inputs.All(input => (string?)input is not null);

    /// <summary>The node, with its tensors.</summary>
    public abstract Node Read(ArtefactTensorReader tensors);
}
