namespace LutDla.Golden.Safetensors;

/// <summary>Element types of the safetensors format, by the format's own names (in capitals in a file).</summary>
public enum SafetensorsType
{
    Bool,
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F16,
    BF16,
    F32,
    F64,
}

/// <summary>Names and sizes of <see cref="SafetensorsType"/>.</summary>
public static class SafetensorsTypes
{
    private static readonly Dictionary<string, SafetensorsType> ByName =
        Enum.GetValues<SafetensorsType>().ToDictionary(Name, StringComparer.Ordinal);

    /// <summary>All names, for messages.</summary>
    public static string AllNames => string.Join(", ", Enum.GetValues<SafetensorsType>().Select(Name));

    /// <summary>The name in a header, such as <c>I8</c>.</summary>
    public static string Name(this SafetensorsType type) => type.ToString().ToUpperInvariant();

    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this SafetensorsType type) => type switch
    {
        SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 => 1,
        SafetensorsType.U16 or SafetensorsType.I16 or SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.U32 or SafetensorsType.I32 or SafetensorsType.F32 => 4,
        SafetensorsType.U64 or SafetensorsType.I64 or SafetensorsType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The size of this type is not known."),
    };

    /// <summary>The type called <paramref name="name"/> in a header, or null.</summary>
    public static SafetensorsType? Parse(string name) => ByName.TryGetValue(name, out var type) ? type : null;
}
