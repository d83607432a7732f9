namespace LutDla.Hardware.Modules;

/// <summary>A module whose text no configuration changes: plain Verilog with parameters.</summary>
public abstract record Cell : Module
{
    public sealed override string Template => $"cells/lutdla_{Name}.v";

    public abstract override IReadOnlyList<ModuleParameter> Parameters { get; }
}
