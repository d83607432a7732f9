using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Rendering;

namespace LutDla.Tests.Rendering;

public sealed class GeneratedFolderTests
{
    private const string Mend = "Run scripts/regenerate.sh and review the diff.";

    public static TheoryData<string> NamedConfigs { get; } = new(Repository.Configs.Select(path => Path.GetFileNameWithoutExtension(path)));

    [Theory]
    [MemberData(nameof(NamedConfigs))]
    public void The_committed_folder_is_what_its_configuration_renders_to(string name)
    {
        var folder = Repository.File("generated", name);
        var files = Render(name);

        Assert.True(Directory.Exists(folder), $"{folder} is missing. {Mend}");
        var committed = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'));
        Assert.Equal(files.Select(f => f.Path).Order(StringComparer.Ordinal), committed.Order(StringComparer.Ordinal));
        Assert.All(
            files,
            file => Assert.True(
                File.ReadAllText(Path.Combine(folder, file.Path)) == file.Text, $"generated/{name}/{file.Path} differs. {Mend}"));
    }

    private static IReadOnlyList<HandoffFile> Render(string name) =>
        HandoffFolder.Of(Core.From(DesignFile.Load(Repository.File("configs", $"{name}.json"))), TemplateRenderer.Default);
}
