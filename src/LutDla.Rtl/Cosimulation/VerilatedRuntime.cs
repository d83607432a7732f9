using LutDla.Rtl.Tools;

namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// The part of a simulator that is the same for all designs. It takes five seconds to compile, several times as long as a small
/// design, so its object files are kept.
/// </summary>
internal sealed class VerilatedRuntime(bool tracing, bool countsCode, ContentCache cache)
{
    private const string Optimisation = "OPT_GLOBAL=-O2";

    private static readonly SemaphoreSlim ToolchainGate = new(1, 1);
    private static string _toolchain = "";

    private string[] Objects =>
    [
        "verilated.o", "verilated_threads.o",
        .. tracing ? (string[])["verilated_vcd_c.o"] : [],
        .. countsCode ? (string[])["verilated_cov.o"] : [],
    ];

    /// <summary>Versions of Verilator and the compiler: objects of different ones do not mix.</summary>
    public static async Task<string> ToolchainAsync(CancellationToken cancellation)
    {
        await ToolchainGate.WaitAsync(cancellation);
        try
        {
            if (_toolchain.Length == 0)
                _toolchain = $"{await ExternalTool.Verilator.VersionAsync(cancellation)}, {await ExternalTool.Compiler.VersionAsync(cancellation)}";
            return _toolchain;
        }
        finally
        {
            ToolchainGate.Release();
        }
    }

    /// <summary>Compiles what Verilator wrote to a folder into the program <c>Vdut</c>.</summary>
    public async Task CompileAsync(string verilatedFolder, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        var key = ContentHash.Of([await ToolchainAsync(cancellation), Optimisation, .. Objects]);
        var runtime = await cache.GetOrBuildAsync("runtimes", key, async folder =>
        {
            await MakeAsync(verilatedFolder, [Optimisation, .. Objects], cancellation);
            foreach (var name in Objects)
                File.Copy(Path.Combine(verilatedFolder, name), Path.Combine(folder, name));
        }, cancellation);

        if (runtime.WasCached)
        {
            foreach (var name in Objects)
                Link(Path.Combine(runtime.Path, name), Path.Combine(verilatedFolder, name));
        }

        await MakeAsync(verilatedFolder, [Optimisation, .. options, "Vdut"], cancellation);
    }

    private static Task<ToolOutput> MakeAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        ExternalTool.Make.RunAsync(folder, ["-f", "Vdut.mk", "-j", "2", .. arguments], cancellation);

    // make takes the runtime for current because its objects are newer than its sources, which a link leaves as it is.
    private static void Link(string target, string path) => File.CreateSymbolicLink(path, target);
}
