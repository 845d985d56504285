using GatewayLsp.Engine.Text;
using YamlDotNet.Core;

namespace GatewayLsp.Engine.Syntax;

/// <summary>The result of reading one document: a tree for any text, and what is wrong with it.</summary>
/// <param name="IsGuessed">A template with errors that may come from its expressions: they are not told, but the tree is a guess.</param>
internal readonly record struct YamlParseResult(YamlNode? Root, IReadOnlyList<SyntaxError> Errors, bool IsTemplate, bool IsGuessed = false);

/// <summary>
/// Reads one YAML document and never throws. YamlDotNet stops at the first error; so on an error the offending line is
/// repaired in a copy of the text (<see cref="YamlRepair"/>), the error is noted once, in plain words, and the copy is
/// read again. The tree that comes out has the spans of the original text.
/// </summary>
internal static class YamlParser
{
    private const int MaxRepairs = 40;

    /// <summary>Characters read in all before we stop repairing: a broken 5 MB file must not take seconds.</summary>
    private const long ReadBudget = 8_000_000;

    public static YamlParseResult Parse(string text, IFieldPlaces places)
    {
        var errors = new List<SyntaxError>();
        text = MergeConflicts.Report(ControlCharacters.Report(text, errors), errors);
        if (TemplateMask.MayApply(text))
        {
            return ParseTemplate(text, errors, places);
        }
        YamlNode? root = Read(new PatchedText(text), errors, places, checkDuplicates: true);
        return new YamlParseResult(root, errors, IsTemplate: false);
    }

    /// <summary>
    /// Braces may be a template's or just text in a quoted or block scalar. Read it as it is first: if every
    /// expression lies inside such a scalar or a comment, this is plain YAML.
    /// </summary>
    private static YamlParseResult ParseTemplate(string text, List<SyntaxError> errors, IFieldPlaces places)
    {
        TemplateMask mask = TemplateMask.Of(text);
        if (mask.Regions.Count == 0)
        {
            return new YamlParseResult(Read(new PatchedText(text), errors, places, checkDuplicates: true), errors, IsTemplate: false);
        }
        var plainErrors = new List<SyntaxError>();
        if (TryRead(new PatchedText(text), plainErrors, checkDuplicates: true, out YamlNode? plain, out _) && mask.LiesInScalars(plain, text))
        {
            errors.AddRange(plainErrors);
            return new YamlParseResult(plain, errors, IsTemplate: false);
        }
        var patched = new PatchedText(text);
        patched.Replace(mask.Masked);
        var found = new List<SyntaxError>();
        YamlNode? root = Read(patched, found, places, checkDuplicates: false);
        int untold = found.RemoveAll(e => mask.Touches(e, text));
        errors.AddRange(found);
        return new YamlParseResult(root, errors, IsTemplate: true, IsGuessed: untold > 0);
    }

    private static YamlNode? Read(PatchedText text, List<SyntaxError> errors, IFieldPlaces places, bool checkDuplicates)
    {
        var repair = new YamlRepair(text, errors, places);
        long read = 0;
        for (int i = 0; ; i++)
        {
            var found = new List<SyntaxError>();
            if (TryRead(text, found, checkDuplicates, out YamlNode? root, out YamlFailure failure))
            {
                if (i == 0 && repair.GluedRoot(root))
                {
                    continue;
                }
                errors.AddRange(found);
                return root;
            }
            read += text.Text.Length;
            if (failure.IsNesting || i >= MaxRepairs || read > ReadBudget)
            {
                repair.CutFrom(failure);
                found.Clear();
                if (TryRead(text, found, checkDuplicates, out root, out _))
                {
                    errors.AddRange(found);
                }
                return root;
            }
            repair.Apply(failure);
        }
    }

    private static bool TryRead(PatchedText text, List<SyntaxError> errors, bool checkDuplicates, out YamlNode? root, out YamlFailure failure)
    {
        var builder = new YamlTreeBuilder(text, checkDuplicates);
        try
        {
            root = builder.Build();
            errors.AddRange(builder.Errors);
            failure = default;
            return true;
        }
        catch (NestedTooDeepException)
        {
            int at = builder.OpenFlows.Peek();
            failure = YamlFailure.Of("", at, at, builder) with { IsNesting = true };
        }
        catch (MissingCommaException comma)
        {
            failure = YamlFailure.Of("", comma.Start, comma.End, builder) with { IsMissingComma = true };
        }
        catch (SpecialBlankException blank)
        {
            failure = YamlFailure.Of("", blank.At, blank.At, builder) with { IsSpecialBlank = true };
        }
        catch (YamlException error)
        {
            failure = YamlFailure.Of(error.Message, (int)error.Start.Index, (int)error.End.Index, builder);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The parser leaves some states with these instead of a YamlException (an unclosed bracket before a key, for one).
            int at = builder.OpenFlows.TryPeek(out int open) ? open : builder.LastScalar.End;
            failure = YamlFailure.Of("", at, at, builder) with { IsShallow = error is InvalidOperationException };
        }
        root = null;
        return false;
    }
}
