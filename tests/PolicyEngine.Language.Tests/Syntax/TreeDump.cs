using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Tests.Syntax;

/// <summary>A syntax tree as text, without its places: what two texts must have in common to mean the same.</summary>
internal static class TreeDump
{
    public static string Of(PolicyFile file)
    {
        var output = new StringBuilder();
        foreach (var statement in file.Statements)
        {
            Write(output, statement);
            output.Append('\n');
        }
        return output.ToString();
    }

    public static string Of(SyntaxNode node)
    {
        var output = new StringBuilder();
        Write(output, node);
        return output.ToString();
    }

    private static void Write(StringBuilder output, object? value)
    {
        switch (value)
        {
            case null:
                output.Append('-');
                break;
            case SyntaxNode node:
                output.Append('(').Append(node.GetType().Name);
                foreach (var property in Properties(node.GetType()))
                {
                    output.Append(' ');
                    Write(output, property.GetValue(node));
                }
                output.Append(')');
                break;
            case string text:
                output.Append('"').Append(text).Append('"');
                break;
            case IEnumerable many:
                output.Append('[');
                foreach (var one in many) Write(output, one);
                output.Append(']');
                break;
            default:
                output.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties().Where(p => p.PropertyType != typeof(TextSpan));
}
