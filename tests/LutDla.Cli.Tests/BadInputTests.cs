namespace LutDla.Cli.Tests;

/// <summary>
/// Bad input of every command, as a script meets it: exit code 2, a message on the standard error alone, and no new file.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private const string Train = "train --network lenet5";
    private const string Convert = "convert --weights #/../networks/lenet5-fashion.safetensors";
    private const string Infer = "infer --network @/net.safetensors";
    private const string Export = "export --network @/net.safetensors --config #/edge.json";
    private const string Estimate = "estimate --network @/net.safetensors --config #/edge.json";
    private const string Priced = "estimate --config #/tiny.json --memories";
    private const string Macros = "calibrate --memories @/bad --family f --ports 1rw --out @/new";
    private const string Simulate = "simulate --network @/net.safetensors --config #/edge.json";

    private const string NeedsL2 = "must be the metric L2 of the design reference.";

    private readonly TemporaryFolder _folder = new();

    public BadInputTests()
    {
        SampleNetwork.Write(_folder);
        SampleImages.Write(_folder, count: 2, SampleNetwork.Side);
        File.WriteAllText(_folder.File("bad"), "{");
        Directory.CreateDirectory(_folder.File("mixed"));
        SampleImages.Write(_folder, count: 2, side: 28, "mixed/train");
        SampleImages.Write(_folder, count: 2, side: 20, "mixed/t10k");
        Directory.CreateDirectory(_folder.File("large"));
        SampleImages.Write(_folder, count: 2, side: 28, "large/train");
        SampleImages.Write(_folder, count: 2, side: 28, "large/t10k");
    }

    /// <summary>A part of the message, and the command line; @ stands for the folder with the files, # for the configurations.</summary>
    public static TheoryData<string, string> CommandLines { get; } = new()
    {
        { "--out = (empty)\n    must name a file.\n    Add a file name.", $"{Train} --data-folder @ --out _" },
        { "--out = @\n    must be a file, and is a folder.", $"{Train} --data-folder @ --out @" },
        {
            "height = 5\n    It must be 16 to 64.\n    Choose a data set with examples that lenet5 takes.",
            $"{Train} --data-folder @ --out @/w"
        },
        { "@/mixed: test images = 20x20x1\n    The training images are 28x28x1.", $"{Train} --data-folder @/mixed --out @/w" },
        { "--data-folder = @\n    The folder @ does not hold data_batch_1.bin,", $"{Train} --data cifar10 --data-folder @ --out @/w" },
        { "or set LUTDLA_DATA to the folder that holds mnist.", $"{Train} --data mnist --data-folder @/mixed/train --out @/w" },
        { "@/none: file = not readable", "convert --weights @/none --data-folder @ --out @/w" },
        { "@/bad: content = JSON\n    Weights come as ONNX, as safetensors,", "convert --weights @/bad --data-folder @ --out @/w" },
        { "image shape = 5x5x1\n    The network takes 28x28x1.", $"{Convert} --data-folder @ --out @/w" },
        { "recipe: rate = 1\n    There is no such setting.", $"{Convert} --data-folder @ --set rate=1 --out @/w" },
        { "@/mixed: test images = 20x20x1", $"{Convert} --data-folder @/mixed --out @/w" },
        { "--out = (empty)\n    must name a file.", "convert --weights @/none --out _" },
        { "--json = @\n    must be a file, and is a folder.", $"{Infer} --data-folder @ --json @" },
        { "@/bad: content = JSON\n    It must be a safetensors file.", "infer --network @/bad --data-folder @ --json @/r" },
        {
            "must be what convert, infer, simulate or synth wrote with --json FILE: more than 16777216 bytes.",
            "report --results /dev/zero"
        },
        { "/dev/zero: size = more than 1048576 bytes", "generate --config /dev/zero --out @/x" },
        { "--threads = 1025\n    must be a whole number from 0 to 1024.", $"{Infer} --threads 1025 --json @/r" },
        { "must have the images that small takes: 5 x 5 x 1, not 20 x 20 x 1.", $"{Infer} --data-folder @/mixed --json @/r" },
        { "--out = (empty)\n    must name a folder.\n    Add a folder name.", "generate --config #/tiny.json --out _" },
        { "--out = @/bad\n    must be a folder; @/bad is a file.\n    Name another folder.", "generate --config #/tiny.json --out @/bad" },
        { "--out = @/bad/sub\n    must be a folder; @/bad is a file.", "generate --config #/tiny.json --out @/bad/sub" },
        { "@/bad:1: JSON = column 2", "generate --config @/bad --out @/new" },
        { "@/net.safetensors: content = a safetensors file\n    It must be a design", "generate --config @/net.safetensors --out @/new" },
        { "--layer = con\n    matches no LUT layer of the network.\n    Did you mean conv?", $"{Export} --layer con --out @/new" },
        { "--out = @/bad\n    must be a folder; @/bad is a file.", $"{Export} --data-folder @ --out @/bad" },
        { NeedsL2, "export --network @/net.safetensors --config #/reference.json --data-folder @ --out @/new" },
        { "--images = 101\n    must be a whole number from 1 to 100.", $"{Export} --images 101 --out @/new" },
        { "--trace = @/bad\n    must be a folder; @/bad is a file.", $"{Simulate} --data-folder @ --trace @/bad" },
        { "--junit = (empty)\n    must name a file.", $"{Simulate} --data-folder @ --junit _" },
        { NeedsL2, "simulate --network @/net.safetensors --config #/reference.json --data-folder @ --trace @/t --junit @/j --json @/r" },
        { "@/bad: content = JSON", "simulate --network @/bad --config #/edge.json --data-folder @ --trace @/t --junit @/j --json @/r" },
        { "@/none: file = unreadable", "schedule --network @/net.safetensors --config @/none --json @/r" },
        { "@/bad: content = JSON\n    It must be a safetensors file.", "schedule --network @/bad --config #/edge.json --json @/r" },
        { NeedsL2, "schedule --network @/net.safetensors --config #/reference.json --json @/r" },
        { "@/none: file = unreadable", "estimate --network @/net.safetensors --config @/none --json @/r" },
        { NeedsL2, "estimate --network @/net.safetensors --config #/reference.json --json @/r" },
        { "@/bad: JSON = not readable", "estimate --config #/tiny.json --technology @/bad --json @/r" },
        { "@/none: file = unreadable", "estimate --config #/tiny.json --technology @/none --json @/r" },
        { "@/bad: line 1", "calibrate --liberty @/bad --out @/new" },
        { "--liberty, --memories = (none)\n    one must be given.", "calibrate --out @/new" },
        { "--liberty = @/bad\n    cannot be given together with --memories.", "calibrate --liberty @/bad --memories @/bad --out @/new" },
        { "--family = f\n    has no meaning without --memories.", "calibrate --liberty @/bad --family f --out @/new" },
        { "--jobs = 2\n    has no meaning without --liberty.", $"{Macros} --jobs 2" },
        { "--family = (none)\n    must be given with --memories.", "calibrate --memories @/bad --ports 1rw --out @/new" },
        { "--ports = (none)\n    must be given with --memories.", "calibrate --memories @/bad --family f --out @/new" },
        { "--ports = 2rw\n    must be one of 1rw, 1rw1r, 1r1w.", "calibrate --memories @/bad --family f --ports 2rw --out @/new" },
        { "@/bad: line 2 = absent\n    A table has at least one macro.", Macros },
        { "@/none: file = unreadable", "calibrate --memories @/none --family f --ports 1rw --out @/new" },
        { "memories: @/none = absent\n    It must be a file or one of asap7,", $"{Priced} @/none --json @/r" },
        { "@/bad: JSON = not readable", $"{Priced} @/bad --json @/r" },
        { "@: file = unreadable", $"{Priced} @ --json @/r" },
        { "/dev/zero: size = over 1048576 bytes", $"{Priced} /dev/zero --json @/r" },
        { "--memories-node = 2\n    must be a whole number from 3 to 1000.", $"{Priced} sg13g2 --memories-node 2 --json @/r" },
        { "--memories-millivolts = 900\n    has no meaning without --memories-node.", $"{Priced} sg13g2 --memories-millivolts 900" },
        { "--memories-node = 65\n    has no meaning without --memories.", $"{Estimate} --memories-node 65" },
        { "--memory-latency = 5\n    has no meaning without --memory-bytes.", $"{Estimate} --memory-latency 5" },
        { "--memory-bytes = 0\n    must be a whole number from 1 to 65536.", $"{Estimate} --memory-bytes 0" },
        { "@/none: file = unreadable", "synth --config @/none --json @/r" },
        { "@/bad: line 1", "synth --config #/tiny.json --target liberty --liberty @/bad --json @/r" },
        { "--latch-area = -1\n    must be a whole number from 0 to 1000000.", "synth --config #/tiny.json --latch-area -1 --json @/r" },
        { "--results = @/none\n    must be what convert, infer, simulate or synth wrote", "report --results @/none --json @/r" },
        { "--results = @/bad\n    must be what convert, infer, simulate or synth wrote", "report --results @/bad --json @/r" },
        { "--results = \n    must be what convert, infer, simulate or synth wrote", "report --results _ --json @/r" },
        { "--results = (none)\n    Option '--results' is required.", "report --json @/r" },
        { "--out = @/none/schema.json\n    must lie in a folder that exists.", "schema --out @/none/schema.json" },
        { "--out = (empty)\n    must name a file.", "schema --out _" },
        { "--json = (empty)\n    must name a file.", "doctor --json _" },
        { "must be a readable file: @ is a folder, not a file.", "verify --config @" },
        { "@ is a folder, not a file.\n    Give the path of a safetensors file.", "infer --network @" },
        { "@ is a folder, not a file.\n    Give the path of a file of weights.", "convert --weights @ --data-folder @ --out @/w" },
        { "@ is a folder, not a file.\n    Give the path of an ONNX file.", "inspect --onnx @" },
        { "@ is a folder, not a file.\n    Give the path of a .lib", "synth --config #/tiny.json --target liberty --liberty @" },
        { "wrote with --json FILE: @ is a folder, not a file.", "report --results @" },
        { "--trace = @/t.png\n    must end with .svg.", $"{Convert} --data-folder @/large --trace @/t.png --out @/w" },
        { "trace = 1000 images\n    There is no", $"{Convert} --data-folder @/large --preset fast --trace @/t.svg --out @/w" },
        { "layers = none=exact\n    The pattern must match", $"{Convert} --data-folder @/large --layer none=exact --out @/w" },
        { "--trace-images = 5\n    has no meaning without --trace.", $"{Convert} --data-folder @/large --trace-images 5 --out @/w" },
        { "--trace-steps = 5\n    has no meaning without --trace.", $"{Convert} --data-folder @/large --trace-steps 5 --out @/w" },
        { "--examples = @/bad\n    cannot be given together with --data.", $"{Infer} --examples @/bad --data mnist" },
        { "--examples = @/bad\n    cannot be given together with --data-folder.", $"{Infer} --examples @/bad --data-folder @" },
        { "--tokens = @\n    cannot be given together with --examples.", $"{Infer} --tokens @ --examples @/bad" },
        { "--texts = @\n    cannot be given together with --confusion.", $"{Infer} --texts @ --confusion" },
        { "--texts = @\n    cannot be given together with --architecture.", $"{Convert} --texts @ --architecture lenet5 --out @/w" },
        { "--architecture = resnet8\n    must be one of lenet5, resnet20,", $"{Convert} --architecture resnet8 --out @/w" },
        { "--architecture = encoder\n    must be one of lenet5, resnet20,", $"{Convert} --architecture encoder --out @/w" },
        {
            "conv1.weight = [6, 1, 5, 5]\n    It must have the shape [16, 1, 3, 3].",
            $"{Convert} --data-folder @/large --architecture resnet20 --out @/w"
        },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task Bad_input_ends_with_2_and_a_message_and_writes_nothing(string message, string arguments)
    {
        var before = Everything();

        var run = await CliProcess.RunAsync([.. arguments.Split(' ').Select(word => word == "_" ? "" : Place(word))]);

        Assert.True(run.ExitCode == 2, $"The exit code is {run.ExitCode}: {run.StandardError}");
        Assert.Contains(Place(message), run.StandardError, StringComparison.Ordinal);
        Assert.Empty(run.StandardOutput);
        Assert.Equal(before, Everything());
    }

    private string Place(string text) => text
        .Replace("@", _folder.Path, StringComparison.Ordinal).Replace("#", Repository.File("configs"), StringComparison.Ordinal);

    private string[] Everything() =>
        [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
