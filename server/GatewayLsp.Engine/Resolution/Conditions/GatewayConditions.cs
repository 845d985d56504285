using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>Status of a Gateway as a whole.</summary>
internal static class GatewayConditions
{
    public static ImmutableArray<Condition> Of(ResolvedGateway resolved)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        Condition accepted = Accepted(resolved);
        conditions.Add(accepted);
        conditions.Add(Programmed(resolved, accepted));
        conditions.Add(ResolvedRefs(resolved));
        if (resolved.Gateway.Tls is var tls && (tls.Default is { AllowsInsecureFallback: true } || tls.PerPort.Any(port => port.Validation is { AllowsInsecureFallback: true })))
        {
            conditions.Add(Condition.True(ConditionTypes.InsecureFrontendValidationMode, ConditionReasons.ConfigurationChanged,
                $"{Naming.Of(resolved.Gateway)} accepts clients without a valid certificate; set mode to AllowValidOnly to refuse them."));
        }
        return conditions.DrainToImmutable();
    }

    private static Condition Accepted(ResolvedGateway resolved)
    {
        Gateway gateway = resolved.Gateway;
        string name = Naming.Of(gateway);
        if (!resolved.IsClassAccepted)
        {
            return Condition.Unknown(ConditionTypes.Accepted, $"{name} waits for GatewayClass {gateway.ClassName}, which is not accepted.");
        }
        if (resolved.HasInvalidParameters)
        {
            ObjectRef parameters = gateway.ParametersRef!;
            return Condition.False(ConditionTypes.Accepted, ConditionReasons.InvalidParameters,
                $"{name} takes parameters from {Naming.Kind(parameters.Group, parameters.Kind)} '{parameters.Name}', which is not in its namespace; create it or correct infrastructure.parametersRef.");
        }
        if (resolved.UnsupportedAddress is { } address)
        {
            return Condition.False(ConditionTypes.Accepted, ConditionReasons.UnsupportedAddress,
                $"{name} asks for an address of type {address.Type}, which no implementation is known to have; use IPAddress, Hostname or NamedAddress.");
        }
        string[] invalid = [.. resolved.Listeners.Where(listener => !listener.IsValid).Select(listener => $"'{listener.Name}'")];
        if (!resolved.HasValidListener)
        {
            return Condition.False(ConditionTypes.Accepted, ConditionReasons.ListenersNotValid,
                $"{name} has no listener that can serve anything; see the conditions of {Naming.List(invalid)}.");
        }
        return invalid.Length > 0
            ? Condition.True(ConditionTypes.Accepted, ConditionReasons.ListenersNotValid,
                $"{name} works without {Naming.List(invalid)}; see the conditions there.")
            : Condition.True(ConditionTypes.Accepted, ConditionReasons.Accepted, $"{name} can be set up.");
    }

    private static Condition Programmed(ResolvedGateway resolved, Condition accepted) => accepted.Status switch
    {
        ConditionStatus.True => Condition.True(ConditionTypes.Programmed, ConditionReasons.Programmed, $"{Naming.Of(resolved.Gateway)} can be put in place."),
        ConditionStatus.False => Condition.False(ConditionTypes.Programmed, ConditionReasons.Invalid,
            $"{Naming.Of(resolved.Gateway)} is not accepted, so nothing is put in place."),
        _ => Condition.Unknown(ConditionTypes.Programmed, accepted.Message),
    };

    /// <summary>The Gateway's own references first, then a summary of its listeners.</summary>
    private static Condition ResolvedRefs(ResolvedGateway resolved)
    {
        if (resolved.ClientCertificateIssue is { } issue)
        {
            string reason = issue.Problem == ReferenceProblem.NotPermitted ? ConditionReasons.RefNotPermitted : ConditionReasons.InvalidClientCertificateRef;
            return Condition.False(ConditionTypes.ResolvedRefs, reason, Naming.Of(issue, "a client certificate for backends"));
        }
        string[] open = [.. resolved.Listeners.Where(listener => !listener.AreReferencesResolved).Select(listener => $"'{listener.Name}'")];
        return open.Length > 0
            ? Condition.False(ConditionTypes.ResolvedRefs, ConditionReasons.ListenersNotResolved,
                $"Some references of {Naming.Of(resolved.Gateway)} can't be resolved; see the conditions of {Naming.List(open)}.")
            : Condition.True(ConditionTypes.ResolvedRefs, ConditionReasons.ResolvedRefs, $"All references of {Naming.Of(resolved.Gateway)} are good.");
    }
}
