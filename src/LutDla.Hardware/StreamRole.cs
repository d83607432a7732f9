namespace LutDla.Hardware;

/// <summary>What a stream of a module is, seen from the module.</summary>
public enum StreamRole
{
    /// <summary>The module takes transfers: <c>NAME_valid_i</c>, <c>NAME_ready_o</c>, <c>NAME_data_i</c>.</summary>
    Input,

    /// <summary>The module offers transfers: <c>NAME_valid_o</c>, <c>NAME_ready_i</c>, <c>NAME_data_o</c>.</summary>
    Output,

    /// <summary>The module reports what it does and cannot be held up: <c>NAME_valid_o</c>, <c>NAME_data_o</c>.</summary>
    Monitor,
}
