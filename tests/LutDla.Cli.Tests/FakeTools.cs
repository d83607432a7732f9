namespace LutDla.Tests.Cli;

/// <summary>A folder of scripts with the names of tools, to be the whole search path.</summary>
internal sealed class FakeTools(TemporaryFolder folder)
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _path = Directory.CreateDirectory(folder.File("bin"));

    /// <summary>The fakes, a cache and a folder for temporary files of the test's own.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["PATH"] = _path.FullName, ["LUTDLA_CACHE"] = folder.File("cache"), ["TMPDIR"] = Directory.CreateDirectory(folder.File("tmp")).FullName,
    };

    /// <param name="script">Of <c>sh</c>, with nothing but what is built into it.</param>
    public FakeTools Add(string tool, string script)
    {
        var file = Path.Combine(_path.FullName, tool);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, Executable);
        return this;
    }

    public FakeTools AddVersion(string tool, string version) => Add(tool, $"echo '{version}'");
}
