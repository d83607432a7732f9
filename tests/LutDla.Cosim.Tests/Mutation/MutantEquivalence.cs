using LutDla.Hardware.Modules;
using LutDla.Rtl;
using LutDla.Rtl.Tools;

namespace LutDla.Cosim.Tests.Mutation;

/// <summary>Asks Yosys whether a module with a fault still does the same, with every set of parameters that the design gives it.</summary>
internal static class MutantEquivalence
{
    // A text may have one form for simulation and one for synthesis.
    private static readonly string[] Forms = ["", "-nosynthesis"];

    // Processor time, not time of the clock: a proof that takes longer counts as none.
    private const int SecondsOfProcessor = 60;

    public static async Task<bool> IsProvenAsync(MutantDesign design, TokenMutant mutant, CancellationToken cancellation)
    {
        var faulty = design.Faulty(mutant);
        var name = Path.GetFileNameWithoutExtension(faulty.Name);
        var modules = design.Core.Top.Occurrences().Select(o => o.Module).Distinct()
            .Where(m => m.NameIn(design.Core.Name) == name).ToList();
        Assert.NotEmpty(modules); // or nothing would be proven about anything
        foreach (var (module, form) in modules.SelectMany(module => Forms.Select(form => (module, form))))
        {
            if (!await IsProvenAsync(design, faulty, name, module.Parameters, form, cancellation))
                return false;
        }

        return true;
    }

    private static async Task<bool> IsProvenAsync(
        MutantDesign design, VerilogFile faulty, string name, IReadOnlyList<ModuleParameter> parameters, string form,
        CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        foreach (var file in design.Sound)
            await File.WriteAllTextAsync(scratch.File(file.Name), file.Text, cancellation);
        await File.WriteAllTextAsync(scratch.File("faulty.v"), faulty.Text, cancellation);

        var rest = string.Join(' ', design.Sound.Where(f => f.Name != faulty.Name).Select(f => f.Name));
        var values = string.Concat(parameters.Select(p => $" -chparam {p.Name} {p.Value}"));
        string Read(string file, string stash) =>
            $"read_verilog -defer {form} {file} {rest}; hierarchy -top {name}{values}; proc; flatten; memory; opt_clean; "
            + $"rename -top {stash}; design -stash {stash}; ";
        var script = Read(faulty.Name, "gold") + Read("faulty.v", "gate")
            + "design -copy-from gold -as gold gold; design -copy-from gate -as gate gate; "
            + "equiv_make gold gate both; hierarchy -top both; equiv_struct; equiv_simple; equiv_induct; equiv_status -assert";
        var output = await new ExternalTool("prlimit", "util-linux").TryRunAsync(
            scratch.Path, [$"--cpu={SecondsOfProcessor}", "yosys", "-q", "-p", script], cancellation);
        return output.ExitCode == 0;
    }
}
