using LutDla.Fuzz.Mutations;
using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz;

/// <summary>One input: everything follows from its number.</summary>
/// <param name="Number">For replay.</param>
/// <param name="Files">By name.</param>
internal sealed record FuzzInput(long Number, FuzzTarget Target, IReadOnlyDictionary<string, byte[]> Files, string[] Arguments)
{
    private const string FuzzedName = "@FUZZED";

    /// <summary>The input of this number.</summary>
    public static FuzzInput Of(SeedFolder seeds, long number)
    {
        var random = new Random(unchecked((int)(number * 2654435761 ^ number >> 32)));
        var target = Draw(random);
        var fuzzed = Hostile.Pick(random, target.Fuzzed);
        var file = Mutation.Apply(target.Kind, File.ReadAllBytes(seeds.File(fuzzed)), random);
        var input = Of(seeds, number, target, fuzzed, file);
        return random.Next(10) == 0 ? input with { Arguments = WithOtherWords(input.Arguments, random) } : input;
    }

    /// <summary>A target with the seed as it is.</summary>
    public static FuzzInput Unchanged(SeedFolder seeds, FuzzTarget target, string fuzzed) =>
        Of(seeds, 0, target, fuzzed, File.ReadAllBytes(seeds.File(fuzzed)));

    /// <summary>The command line with the files of a folder.</summary>
    public string[] ArgumentsIn(string folder) =>
        [.. Arguments.Select(a => a.StartsWith('@') ? Path.GetFullPath(Path.Combine(folder, a[1..])) : a)];

    public void WriteTo(string folder)
    {
        foreach (var (name, bytes) in Files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.WriteAllBytes(path, bytes);
        }
    }

    private static FuzzInput Of(SeedFolder seeds, long number, FuzzTarget target, string fuzzed, byte[] file)
    {
        var files = target.Others.Concat(target.Fuzzed).Distinct().ToDictionary(name => name, name => File.ReadAllBytes(seeds.File(name)));
        files[fuzzed] = file;
        return new FuzzInput(number, target, files, [.. target.Arguments.Split(' ').Select(a => a == FuzzedName ? "@" + fuzzed : a)]);
    }

    private static FuzzTarget Draw(Random random)
    {
        var left = random.Next(FuzzTarget.All.Sum(t => t.Weight));
        return FuzzTarget.All.First(target => (left -= target.Weight) < 0);
    }

    // A wrong word on the command line, too: a value, an option, or one too many.
    private static string[] WithOtherWords(string[] arguments, Random random)
    {
        var at = random.Next(1, arguments.Length + 1);
        string[] options =
        [
            "--images", "--seed", "--threads", "--mean", "--deviation", "--set", "--layer", "--budget", "--visits", "--labels", "--batch",
            "--clock", "--json",
        ];
        string[] settings =
        [
            "--set learning_rate=nan", "--set refit.rows=1e9", "--set temperature=inf", "--set refit.ridge=-1", "--set batch_images=4096",
            "--set x", "--set =", "--set soft_temperature=1e308", "--architecture lenet5", "--architecture resnet8",
            "--architecture resnet20", "--architecture vgg11", "--architecture encoder",
        ];
        return random.Next(4) switch
        {
            0 => [.. arguments[..at], Hostile.Text(random), .. arguments[at..]],
            1 =>
            [
                .. arguments, Hostile.Pick(random, options),
                random.Next(2) == 0 ? $"{Hostile.Integer(random)}" : $"{Hostile.Real(random)}",
            ],
            2 => [.. arguments, .. Hostile.Pick(random, settings).Split(' ')],
            _ => [.. arguments[..(at - 1)], .. arguments[Math.Min(at, arguments.Length)..]],
        };
    }
}
