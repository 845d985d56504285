using System.Runtime.InteropServices;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>A field that asks for a feature.</summary>
/// <param name="Node">The mapping that has the field.</param>
/// <param name="Key">Empty for the mapping as a whole.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FeatureUse(string Feature, YamlNode Node, string Key);
