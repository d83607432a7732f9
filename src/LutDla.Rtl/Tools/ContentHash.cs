using System.Security.Cryptography;
using System.Text;

namespace LutDla.Rtl.Tools;

/// <summary>Names of cache entries: equal exactly when all parts are equal.</summary>
public static class ContentHash
{
    private const int NameDigits = 24;

    /// <returns>24 hexadecimal digits of the SHA-256 of the parts and their lengths.</returns>
    public static string Of(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength)); // so that ("ab", "c") is not ("a", "bc")
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..NameDigits];
    }

    /// <summary>Names and texts of files, in order.</summary>
    public static IEnumerable<string> Parts(IEnumerable<VerilogFile> files) => files.SelectMany(f => new[] { f.Name, f.Text });
}
