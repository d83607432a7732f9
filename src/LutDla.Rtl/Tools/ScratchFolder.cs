namespace LutDla.Rtl.Tools;

/// <summary>A folder of one run in the system's temporary folder, gone when disposed.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lutdla-");

    public string Path => _directory.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
