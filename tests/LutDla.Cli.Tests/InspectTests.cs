using System.Text.Json;

namespace LutDla.Cli.Tests;

public sealed class InspectTests
{
    // Operator set 13, input x [N, 4]: node "first" = MatMul with weights [4, 2], node "[bold]" = Relu to y; and the same with Mish for
    // Relu.
    private const string Network =
        "CAg6hAEKGAoBeAoBdxIBYRoFZmlyc3QiBk1hdE11bAoUCgFhEgF5GgZbYm9sZF0iBFJlbHUSBHRpbnkqKwgECAIQAUIBd0og"
        + "AACAPwAAAEAAAEBAAACAQAAAoEAAAMBAAADgQAAAAEFaFAoBeBIPCg0IARIJCgMSAU4KAggEYgkKAXkSBAoCCAFCAhAN";

    [Fact]
    public async Task Every_operation_is_listed_with_what_lookups_could_replace()
    {
        using var folder = new TemporaryFolder();
        var run = await InspectAsync(folder, Convert.FromBase64String(Network), "--batch", "3", "--json", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.StandardError));
        Assert.Contains("[bold]", run.StandardError, StringComparison.Ordinal);
        var result = CliProcess.Result(run);
        Assert.Equal(
            (8, 24, 24),
            (
                result.GetProperty("parameters").GetInt64(), result.GetProperty("multiply_accumulates").GetInt64(),
                result.GetProperty("replaceable_multiply_accumulates").GetInt64()));
        Assert.Equal(
            ["first MatMul [3,2] lookups", "[bold] Relu [3,2] no_product"],
            result.GetProperty("operations").EnumerateArray().Select(o =>
                $"{o.GetProperty("name")} {o.GetProperty("operator")} {Shape(o)} {o.GetProperty("replacement")}"));

        static string Shape(JsonElement operation) => operation.GetProperty("shape").ToString()
            .Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsupported_operator_ends_with_2_and_says_what_could_still_be_converted()
    {
        using var folder = new TemporaryFolder();
        var model = Convert.FromBase64String(Network);
        "Mish"u8.CopyTo(model.AsSpan(model.AsSpan().IndexOf("Relu"u8)));

        var run = await InspectAsync(folder, model);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("model.onnx: [bold] = Mish", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("The operator is not supported.", run.StandardError, StringComparison.Ordinal);
        Assert.Contains("Layers that could still be converted: first (MatMul).", run.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_that_no_chosen_output_needs_may_be_unsupported()
    {
        using var folder = new TemporaryFolder();
        var model = Convert.FromBase64String(Network);
        "Mish"u8.CopyTo(model.AsSpan(model.AsSpan().IndexOf("Relu"u8)));

        var run = await InspectAsync(folder, model, "--outputs", "a");

        Assert.Equal((0, ""), (run.ExitCode, run.StandardError));
        Assert.Contains("lookups could replace 100.00 % of them.", run.StandardOutput, StringComparison.Ordinal);
    }

    private static Task<CliWrap.Buffered.BufferedCommandResult> InspectAsync(TemporaryFolder folder, byte[] model, params string[] options)
    {
        var path = Path.Combine(folder.Path, "model.onnx");
        File.WriteAllBytes(path, model);
        return CliProcess.RunAsync(["inspect", "--onnx", path, .. options]);
    }
}
