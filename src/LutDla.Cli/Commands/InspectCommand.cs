using System.CommandLine;
using LutDla.Cli.Output;
using LutDla.Networks.Onnx;
using Spectre.Console;

namespace LutDla.Cli.Commands;

/// <summary>What is in an ONNX file, and what of it LUTBoost could replace.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var onnx = Options.Path("--onnx", PathUse.Stays, "FILE", "Network as ONNX, operator sets 7 to 21.");
        var batch = Options.Integer("--batch", "Images of a run, where the file leaves the batch open.", 1, 65536).WithDefault(1);
        var folds = new Option<bool>("--fold-norms") { Description = "Move batch normalisation into the convolutions before it." };
        var outputs = new Option<string[]>("--outputs")
        {
            Description = "Outputs that matter, such as the logits; what only others need is left out.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        return CommandRun.Define(
            "inspect",
            "Lists the operations of an ONNX file: shapes, parameters, multiply-accumulates, and which of them lookups could replace.",
            "lutdla inspect --onnx network.onnx",
            [onnx, batch, folds, outputs],
            run => Task.FromResult(Run(run, run.Get(onnx), new OnnxImportOptions
            {
                Batch = run.Get(batch), FoldsNormalisation = run.Get(folds), Outputs = [.. run.Find(outputs) ?? []],
            })));
    }

    private static Outcome Run(CommandRun run, string file, OnnxImportOptions options)
    {
        var graph = OnnxImport.Read(file, options);
        OperationReport[] operations = [.. graph.Operations.Select(operation => OperationReport.Of(graph, operation))];
        Show(run, operations);

        var (all, replaced) = (Products(operations), Products(operations.Where(o => o.Replacement == Replacement.Lookups)));
        var parameters = graph.Constants.Values.Sum(constant => constant.ElementCount);
        var share = all == 0 ? 0 : (double)replaced / all;
        run.Terminal.Line(
            $"{Figures.Count(parameters)} parameters, {Figures.Count(all)} multiply-accumulates; " +
            $"lookups could replace {Figures.Percent(share)} of them.");
        return new(ExitCode.Success, new
        {
            File = file, graph.Name, options.Batch, Inputs = graph.Inputs, graph.Outputs, Parameters = parameters,
            MultiplyAccumulates = all,
            ReplaceableMultiplyAccumulates = replaced, Operations = operations,
        });
    }

    private static long Products(IEnumerable<OperationReport> operations) => operations.Sum(operation => operation.MultiplyAccumulates);

    // Names come from the file: they must be no markup.
    private static void Show(CommandRun run, OperationReport[] operations)
    {
        var table = new Table().AddColumns("operation", "operator", "result", "parameters", "MACs", "lookups");
        foreach (var o in operations)
            table.AddRow(
                Markup.Escape(o.Name), Markup.Escape(o.Operator), string.Join(" x ", o.Shape), Figures.Count(o.Parameters),
                Figures.Count(o.MultiplyAccumulates), Verdict(o));
        run.Terminal.Table(table);
    }

    private static string Verdict(OperationReport operation) => operation.Replacement switch
    {
        Replacement.Lookups => "yes",
        Replacement.StaysExact => $"stays exact: {operation.Reason}",
        _ => "",
    };
}
