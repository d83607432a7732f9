using LutDla.Boundary;

namespace LutDla.Rtl.Tools;

/// <summary>A folder of one run in the system's temporary folder, gone when disposed, or when a later run finds that its process was killed.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly LeasedFolder _folder;

    /// <exception cref="InvalidInputException">There is no temporary folder, or its path is one that external tools do not take.</exception>
    public ScratchFolder()
    {
        CheckRoot(System.IO.Path.GetTempPath());
        // Of this name, and of this user only.
        _folder = new LeasedFolder(ContentCache.Default.Records, Directory.CreateTempSubdirectory(LeasedFolder.NewName()).FullName);
    }

    public string Path => _folder.Path;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Dispose();

    // make builds in no folder with a space in its path, and Yosys puts the path of its working folder into a script and a
    // command of the shell as it is.
    private static void CheckRoot(string root)
    {
        if (!root.All(c => char.IsLetterOrDigit(c) || c == System.IO.Path.DirectorySeparatorChar || "._-+,=@~:".Contains(c)))
        {
            throw new InvalidInputException(
                "environment", "TMPDIR", root,
                "must have only letters, digits and / . _ - + , = @ ~ : in its path: make and Yosys take no other.", "Set TMPDIR to such a folder.");
        }

        if (!Directory.Exists(root))
            throw new InvalidInputException("environment", "TMPDIR", root, "must be a folder that exists.", "Make it, or set TMPDIR to another.");
    }
}
