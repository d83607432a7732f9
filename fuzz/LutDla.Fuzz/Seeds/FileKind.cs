namespace LutDla.Fuzz.Seeds;

/// <summary>How a file is built, and so how it can be changed but for its bytes.</summary>
internal enum FileKind
{
    Json,
    Safetensors,
    Onnx,
    Torch,
    Idx,
    Text,
    Binary,
}
