using System.Buffers.Binary;
using System.Text;

namespace LutDla.Networks.Runtime;

/// <summary>One symbol version that an ELF library asks of another library.</summary>
/// <param name="Library">The library asked, such as libstdc++.so.6.</param>
/// <param name="Version">The version asked for, such as GLIBCXX_3.4.32.</param>
/// <param name="FlagsOffset">Where in the file the 16-bit flags of this need lie.</param>
internal sealed record ElfVersionNeed(string Library, string Version, int FlagsOffset);

/// <summary>
/// The version needs (section .gnu.version_r) of a 64-bit little-endian ELF library. A need marked weak no longer stops the
/// dynamic loader when the other library lacks that version; the symbols of that version then stay unresolved until called.
/// </summary>
/// <remarks>Format: Linux Standard Base, Core, "Symbol Versioning".</remarks>
internal static class ElfVersionNeeds
{
    /// <summary>VER_FLG_WEAK.</summary>
    private const ushort WeakFlag = 2;

    private const uint VersionNeedSection = 0x6FFFFFFE;

    private const int SectionHeaderBytes = 64;

    /// <summary>All needs of <paramref name="library"/>, the content of the file.</summary>
    /// <exception cref="InvalidDataException">Not a 64-bit little-endian ELF file, or its tables point outside of it.</exception>
    public static IReadOnlyList<ElfVersionNeed> Read(ReadOnlySpan<byte> library)
    {
        if (library.Length < SectionHeaderBytes || !library[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        try
        {
            return ReadSections(library);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A table of the ELF file points outside of the file.", e);
        }
    }

    /// <summary>Marks the need weak, in place.</summary>
    public static void MarkWeak(Span<byte> library, ElfVersionNeed need)
    {
        var flags = library.Slice(need.FlagsOffset, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
    }

    private static List<ElfVersionNeed> ReadSections(ReadOnlySpan<byte> library)
    {
        var table = Offset(library[40..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(library[60..]);
        var needs = new List<ElfVersionNeed>();
        for (var i = 0; i < count; i++)
        {
            var header = library.Slice(checked(table + i * SectionHeaderBytes), SectionHeaderBytes);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != VersionNeedSection) continue;
            var strings = library.Slice(checked(table + Word(header, 40) * SectionHeaderBytes), SectionHeaderBytes);
            ReadNeeds(library, Offset(header[24..]), Word(header, 44), library[Offset(strings[24..])..], needs);
        }

        return needs;
    }

    // Elf64_Verneed: version, count (16 bits each), file, first aux, next (32 bits each, relative to this entry).
    private static void ReadNeeds(
        ReadOnlySpan<byte> library, int offset, int count, ReadOnlySpan<byte> strings, List<ElfVersionNeed> needs)
    {
        for (var i = 0; i < count; i++)
        {
            var entry = library[offset..];
            var file = Text(strings, Word(entry, 4));
            var aux = checked(offset + Word(entry, 8));
            for (var k = 0; k < BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]); k++)
            {
                // Elf64_Vernaux: hash (32 bits), flags, other (16 bits each), name, next (32 bits each).
                needs.Add(new ElfVersionNeed(file, Text(strings, Word(library[aux..], 8)), aux + 4));
                aux = checked(aux + Word(library[aux..], 12));
            }

            offset = checked(offset + Word(entry, 12));
        }
    }

    private static int Word(ReadOnlySpan<byte> entry, int offset) =>
        checked((int)BinaryPrimitives.ReadUInt32LittleEndian(entry[offset..]));

    private static int Offset(ReadOnlySpan<byte> field) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(field));

    private static string Text(ReadOnlySpan<byte> strings, int offset)
    {
        var text = strings[offset..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }
}
