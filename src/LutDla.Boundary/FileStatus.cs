using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LutDla.Boundary;

/// <summary>What kind of thing a path leads to.</summary>
public enum FileKind
{
    /// <summary>A file with bytes of its own.</summary>
    Regular,

    Folder,

    /// <summary>A device, a pipe or a socket: what is written goes elsewhere.</summary>
    Special,
}

/// <summary>What is at a path, links followed.</summary>
/// <param name="Permissions">Who may read, write and execute it.</param>
/// <param name="User">Number of the owner; 0 where the system is not Linux.</param>
/// <param name="Group">Number of the group; 0 where the system is not Linux.</param>
public sealed partial record FileStatus(FileKind Kind, UnixFileMode Permissions, uint User, uint Group)
{
    // statx, because its record is the same on all processors. Offsets and numbers from linux/stat.h and fcntl.h.
    private const int WorkingFolder = -100;
    private const int BasicFields = 0x7ff;
    private const int RecordBytes = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;
    private const int KindBits = 0xf000;
    private const int FolderKind = 0x4000;
    private const int RegularKind = 0x8000;
    private const int PermissionBits = 0x1ff;

    /// <returns>Nothing where nothing is, or where it may not be looked at.</returns>
    public static FileStatus? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return OfOtherSystem(path);
        var record = new byte[RecordBytes];
        if (GetStatus(WorkingFolder, path, 0, BasicFields, record) != 0)
            return null;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(ModeOffset));
        var kind = (mode & KindBits) switch { FolderKind => FileKind.Folder, RegularKind => FileKind.Regular, _ => FileKind.Special };
        return new FileStatus(
            kind, (UnixFileMode)(mode & PermissionBits),
            BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(UserOffset)),
            BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(GroupOffset)));
    }

    /// <summary>Gives a file the owner, group and permissions of this one, as far as the user may.</summary>
    public void ApplyTo(string path)
    {
        if (OperatingSystem.IsLinux() && Of(path) is { } other && (other.User, other.Group) != (User, Group)
            && SetOwner(path, User, Group) != 0)
            _ = SetOwner(path, other.User, Group); // only root gives files away; a group may be one of the user's
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Permissions);
    }

    private static FileStatus? OfOtherSystem(string path)
    {
        FileKind? kind = Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.Regular : null;
        return kind is { } known ? new FileStatus(known, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path), 0, 0) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int folder, string path, int flags, uint fields, [Out] byte[] record);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOwner(string path, uint user, uint group);
}
