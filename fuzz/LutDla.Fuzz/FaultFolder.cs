namespace LutDla.Fuzz;

/// <summary>Keeps inputs that ended as they may not, one folder each: their files, the command line and what was wrong.</summary>
internal sealed class FaultFolder(string path)
{
    public void Keep(FuzzInput input, string fault)
    {
        var folder = Path.Combine(path, $"{input.Number}");
        Directory.CreateDirectory(folder);
        input.WriteTo(folder);
        File.WriteAllText(Path.Combine(folder, "command.txt"), string.Join('\n', input.ArgumentsIn(folder)) + "\n");
        File.WriteAllText(Path.Combine(folder, "fault.txt"), fault + "\n");
    }
}
