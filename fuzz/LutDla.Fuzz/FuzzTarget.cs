using LutDla.Fuzz.Seeds;

namespace LutDla.Fuzz;

/// <summary>A command with files of which one is changed.</summary>
/// <param name="Fuzzed">The files that may be changed, by their names in the folder of seeds; one is.</param>
/// <param name="Others">Files that the command also needs.</param>
/// <param name="Arguments">The command line; @NAME stands for the path of a file or folder of the input.</param>
internal sealed record FuzzTarget(string Name, FileKind Kind, string[] Fuzzed, string[] Others, string Arguments)
{
    /// <summary>How often it is drawn.</summary>
    public int Weight { get; init; } = 4;

    /// <summary>Whether the command ends with 3 where an external tool is missing, as all are here.</summary>
    public bool NeedsTool { get; init; }

    private static readonly string[] Idx = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private static readonly string[] Cifar = [.. Enumerable.Range(1, 5).Select(i => $"cifar/data_batch_{i}.bin"), "cifar/test_batch.bin"];

    private static readonly string[] Designs = ["edge.json", "tiny.json", "reference.json"];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("generate: design", FileKind.Json, Designs, [], "generate --config @FUZZED --out @out"),
        new("schedule: design", FileKind.Json, ["edge.json"], ["net.safetensors"], "schedule --network @net.safetensors --config @FUZZED"),
        new("schedule: artefact", FileKind.Safetensors, ["net.safetensors"], ["edge.json"],
            "schedule --network @FUZZED --config @edge.json --images 10000 --json -"),
        new("estimate: technology", FileKind.Json, ["technology.json"], ["edge.json"],
            "estimate --config @edge.json --technology @FUZZED --json -"),
        new("estimate: artefact", FileKind.Safetensors, ["net.safetensors"], ["edge.json"],
            "estimate --network @FUZZED --config @edge.json --images 10000 --memory-bytes 1 --memory-latency 1000000 --json -"),
        new(
            "infer: artefact", FileKind.Safetensors, ["net.safetensors"], Idx,
            "infer --network @FUZZED --data-folder @. --confusion --threads 3") { Weight = 8 },
        new("infer: artefact of every kind", FileKind.Safetensors, ["kinds.safetensors"], ["kinds-examples.safetensors"],
            "infer --network @FUZZED --examples @kinds-examples.safetensors") { Weight = 8 },
        new("infer: artefact of tokens", FileKind.Safetensors, ["tokens.safetensors"], ["eval_tokens_u16le.bin", "eval_lengths.json"],
            "infer --network @FUZZED --tokens @. --json @out.json") { Weight = 8 },
        new("infer: sequences", FileKind.Binary, ["eval_tokens_u16le.bin"], ["tokens.safetensors", "eval_lengths.json"],
            "infer --network @tokens.safetensors --tokens @."),
        new("infer: lengths", FileKind.Json, ["eval_lengths.json"], ["tokens.safetensors", "eval_tokens_u16le.bin"],
            "infer --network @tokens.safetensors --tokens @."),
        new("infer: images", FileKind.Idx, Idx, ["net.safetensors"], "infer --network @net.safetensors --data-folder @."),
        new("infer: examples", FileKind.Safetensors, ["bytes.safetensors", "numbers.safetensors"], ["converted.safetensors"],
            "infer --network @converted.safetensors --examples @FUZZED"),
        new("infer: artefact that was converted", FileKind.Safetensors, ["converted.safetensors"], ["numbers.safetensors"],
            "infer --network @FUZZED --examples @numbers.safetensors"),
        new("simulate: artefact", FileKind.Safetensors, ["net.safetensors"], ["edge.json", .. Idx],
            "simulate --network @FUZZED --config @edge.json --data-folder @. --images 2 --junit @out.xml") { NeedsTool = true },
        new("simulate: design", FileKind.Json, ["edge.json"], ["net.safetensors", .. Idx],
            "simulate --network @net.safetensors --config @FUZZED --data-folder @. --images 1") { NeedsTool = true },
        new("export: artefact", FileKind.Safetensors, ["net.safetensors"], ["edge.json", .. Idx],
            "export --network @FUZZED --config @edge.json --data-folder @. --out @out") { Weight = 2 },
        new("verify: design", FileKind.Json, ["tiny.json"], [], "verify --config @FUZZED --seeds 1") { NeedsTool = true, Weight = 2 },
        new(
            "synth: cells", FileKind.Text, ["cells.lib"], ["tiny.json"],
            "synth --config @tiny.json --target liberty --liberty @FUZZED") { NeedsTool = true },
        new("inspect: ONNX", FileKind.Onnx, ["model.onnx", "functions.onnx"], [], "inspect --onnx @FUZZED --json -") { Weight = 10 },
        new("convert: ONNX", FileKind.Onnx, ["model.onnx", "functions.onnx"], ["bytes.safetensors"],
            "convert --weights @FUZZED --examples @bytes.safetensors --preset fast --vector-length 2 --out @out.safetensors") { Weight =
                6 },
        new("convert: weights", FileKind.Safetensors, ["lenet5.safetensors"], ["bytes.safetensors"],
            "convert --weights @FUZZED --examples @bytes.safetensors --preset fast --out @out.safetensors") { Weight = 1 },
        new("convert: weights of PyTorch", FileKind.Torch, ["lenet5.pt", "lenet5.pth"], ["bytes.safetensors"],
            "convert --weights @FUZZED --architecture lenet5 --examples @bytes.safetensors --preset fast --out @out.safetensors") { Weight =
                5 },
        new("convert: examples", FileKind.Safetensors, ["numbers.safetensors", "unlabelled.safetensors"], ["model.onnx"],
            "convert --weights @model.onnx --examples @FUZZED --preset fast --out @out.safetensors --json @out.json") { Weight = 2 },
        new("sensitivity: ONNX", FileKind.Onnx, ["model.onnx"], ["many.safetensors"],
            "sensitivity --weights @FUZZED --examples @many.safetensors --images 4") { Weight = 1 },
        new(
            "train: CIFAR", FileKind.Binary, Cifar, [],
            "train --network resnet8 --data cifar10 --data-folder @cifar --epochs 0 --out @out.safetensors"),
        new(
            "train: texts", FileKind.Text, ["texts/train.csv", "texts/test.csv"], [],
            "train --network encoder --texts @texts --epochs 0 --out @out.safetensors"),
        new("report: results", FileKind.Json, ["infer.json"], [], "report --results @FUZZED"),
    ];
}
