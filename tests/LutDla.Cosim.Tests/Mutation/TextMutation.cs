using LutDla.Rtl;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>A small fault in the text of a design: one token for another at one place.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">A part of the faulty line that no other line of the file has.</param>
/// <param name="Sound">What the line has, exactly once.</param>
/// <param name="Faulty">What it gets instead.</param>
public sealed record TextMutation(string File, string Line, string Sound, string Faulty)
{
    /// <summary>The design with the fault.</summary>
    public IReadOnlyList<VerilogFile> Apply(IReadOnlyList<VerilogFile> files)
    {
        var file = Assert.Single(files, f => f.Name == File);
        var lines = file.Text.Split('\n');
        var place = Assert.Single(Enumerable.Range(0, lines.Length), k => lines[k].Contains(Line, StringComparison.Ordinal));
        Assert.Equal(2, lines[place].Split(Sound).Length); // the token is there, and there is no doubt which one
        lines[place] = lines[place].Replace(Sound, Faulty, StringComparison.Ordinal);
        return [.. files.Select(f => f == file ? f with { Text = string.Join('\n', lines) } : f)];
    }

    public override string ToString() => $"{File}: {Line}: {Sound} -> {Faulty}";
}
