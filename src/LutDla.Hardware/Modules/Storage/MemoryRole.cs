namespace LutDla.Hardware.Modules.Storage;

/// <summary>What a memory of a core is for; the name of its style's key under <c>memories</c>.</summary>
public enum MemoryRole
{
    Codebooks,
    Tables,
    Scratchpad,
    IndexBuffer,
    Parameters,
}
