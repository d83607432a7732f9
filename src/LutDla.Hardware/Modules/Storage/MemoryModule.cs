using LutDla.Hardware.Configuration;

namespace LutDla.Hardware.Modules.Storage;

/// <summary>A module that stores words and has one write port.</summary>
/// <param name="Words">Words, each of which can be read.</param>
/// <param name="WordBits">Bits of a word.</param>
public abstract record MemoryModule(MemoryRole Role, MemoryStyle Style, int Words, int WordBits) : Cell
{
    /// <summary>2 where words are loaded into a shadow while an active copy is read.</summary>
    public abstract int Buffers { get; }

    /// <summary>Words that are read at once.</summary>
    public abstract int ReadPorts { get; }

    /// <summary>Cycles from address to word; 0 where every word is always on the outputs.</summary>
    public abstract int ReadLatency { get; }

    /// <summary>Bits that one write changes: a word, or a part of it.</summary>
    public virtual int WriteBits => WordBits;

    /// <summary>Bits of storage.</summary>
    public long Bits => (long)Buffers * Words * WordBits;

    /// <summary>The style as module names and configurations spell it.</summary>
    protected string StyleName => RecordShape.Word(Style);
}
