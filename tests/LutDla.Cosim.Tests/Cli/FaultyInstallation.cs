using LutDla.Cosim.Tests.Mutation;
using LutDla.Rtl;

namespace LutDla.Cosim.Tests.Cli;

/// <summary>The built command with a fault in its hardware: a copy whose templates differ in one token.</summary>
internal static class FaultyInstallation
{
    private const string Templates = "hdl-templates";

    /// <param name="folder">Where the copy goes.</param>
    /// <param name="directory">Folder of the faulty file below the templates.</param>
    /// <returns>The folder to run the command from.</returns>
    public static string Make(TemporaryFolder folder, string directory, TextMutation fault)
    {
        var target = folder.File("faulty");
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(CliProcess.Folder))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var other in Directory.GetDirectories(CliProcess.Folder).Where(d => Path.GetFileName(d) != Templates))
            Directory.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(other)), other);

        foreach (var path in Directory.GetFiles(Path.Combine(CliProcess.Folder, Templates), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(CliProcess.Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? target);
            File.Copy(path, copy);
        }

        var faulty = Path.Combine(target, Templates, directory, fault.File);
        File.WriteAllText(faulty, fault.Apply([new VerilogFile(fault.File, File.ReadAllText(faulty))])[0].Text);
        return target;
    }
}
