using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace LutDla.Hardware.Configuration;

/// <summary>The keys of a configuration record, read off the record itself so that nothing has to list them again.</summary>
internal sealed class RecordShape
{
    private RecordShape(Type type, string path)
    {
        Type = type;
        Path = path;
        Keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .Select(p => new KeyShape(p, path))];
    }

    /// <summary>The shape of <see cref="DesignConfig"/>.</summary>
    public static RecordShape Design { get; } = new(typeof(DesignConfig), "");

    public Type Type { get; }

    /// <summary>JSON path of the object; empty for the whole file.</summary>
    public string Path { get; }

    /// <summary>In the order of the record.</summary>
    public IReadOnlyList<KeyShape> Keys { get; }

    /// <summary>A key and what its value may be.</summary>
    internal sealed class KeyShape
    {
        public KeyShape(PropertyInfo property, string parent)
        {
            Property = property;
            Name = SnakeCase(property.Name);
            Path = parent.Length == 0 ? Name : $"{parent}.{Name}";
            IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
            Setting = property.GetCustomAttribute<SettingAttribute>();
            Nested = Setting is null ? new RecordShape(property.PropertyType, Path) : null;
        }

        public PropertyInfo Property { get; }

        public string Name { get; }

        public string Path { get; }

        public bool IsRequired { get; }

        /// <summary>Of a value; null for a section.</summary>
        public SettingAttribute? Setting { get; }

        /// <summary>Of a section; null for a value.</summary>
        public RecordShape? Nested { get; }

        /// <summary>The legal words of an enumeration, in its order; empty for other values.</summary>
        public IReadOnlyList<string> Words =>
            Property.PropertyType.IsEnum ? [.. Enum.GetNames(Property.PropertyType).Select(SnakeCase)] : [];
    }

    /// <summary>How a name of the code is spelled in a file.</summary>
    public static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>How a value of an enumeration is spelled in a file, and in the names of modules.</summary>
    public static string Word(Enum value) => SnakeCase(value.ToString());
}
