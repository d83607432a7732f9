using System.Globalization;
using LutDla.Exploration.Memories;
using LutDla.Networks.Data;

namespace LutDla.Benchmarks.Memories;

/// <summary>How far the models of memory macros are off, on macros left out of the fit, and scaled to the nodes of each other.</summary>
internal static class MemoryBenchmark
{
    // Energies and times that follow the rule; leakage does not.
    private static readonly SramQuantity[] Scaled =
        [SramQuantity.Area, SramQuantity.ReadEnergy, SramQuantity.WriteEnergy, SramQuantity.AccessTime];

    /// <summary>Prints two tables, the second with the tables of macros of LUTDLA_DATA only; returns the figures.</summary>
    public static object Run(TextWriter output)
    {
        var models = SramCatalogue.Names.ToDictionary(name => name, SramCatalogue.Find);
        output.WriteLine("mean and worst error of shapes left out of the fit, one at a time");
        var quantities = string.Join(' ', SramQuantityRules.All.Select(q => $"{q,16}"));
        output.WriteLine($"{"name",-15} {"nm",4} {"ports",-6} {"macros",6} {quantities}");
        foreach (var (name, model) in models)
        {
            var errors = string.Join(' ', SramQuantityRules.All.Select(Errors));
            output.WriteLine(Invariant($"{name,-15} {model.NodeNanometres,4} {model.Ports.Word(),-6} {model.Macros,6} {errors}"));

            string Errors(SramQuantity quantity) => model.Costs.GetValueOrDefault(quantity) is { } cost
                ? Invariant($"{100 * cost.MeanError,7:F1} {100 * cost.WorstError,6:F1} %") : $"{"-",16}";
        }

        var folder = Environment.GetEnvironmentVariable(DatasetSource.EnvironmentVariable) ?? "";
        string[] tables = [SramTable.PublishedMacros, SramTable.CactiMacros];
        if (!tables.All(table => File.Exists(Path.Combine(folder, table))))
        {
            output.WriteLine($"scaling: skipped, there is no {string.Join(" or ", tables)} under {DatasetSource.EnvironmentVariable}");
            return new { Models = models };
        }

        return new { Models = models, Scaling = Scaling(output, models, [.. tables.Select(t => SramTable.Load(Path.Combine(folder, t)))]) };
    }

    private static ScalingCheck[] Scaling(TextWriter output, Dictionary<string, SramModel> models, SramTable[] tables)
    {
        ScalingCheck[] checks =
        [
            .. from model in models
               from other in models
               where model.Value.NodeNanometres != other.Value.NodeNanometres && model.Value.Ports == other.Value.Ports
               let check = ScalingCheck.Of(model, other, tables, Scaled)
               where check.Macros > 0
               select check,
        ];
        output.WriteLine("a model scaled to another node / macros there within its samples: geometric mean, least to most");
        output.WriteLine($"{"model",-15} {"macros of",-15} {"macros",6} {string.Join(' ', Scaled.Select(q => $"{q,20}"))}");
        foreach (var check in checks)
        {
            var ratios = string.Join(' ', Scaled.Select(q => $"{Text(check.Ratios.GetValueOrDefault(q)),20}"));
            output.WriteLine($"{check.Model,-15} {check.Other,-15} {check.Macros,6} {ratios}");
        }

        return checks;
    }

    private static string Text(RatioRange? ratio) =>
        ratio is null ? "-" : Invariant($"{ratio.Mean:F2}, {ratio.Least:F2} to {ratio.Most:F2}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
