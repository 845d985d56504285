using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Kubernetes.Tests.Support;

namespace GatewayLsp.Kubernetes.Tests.Targets;

/// <summary>What a context is called and who runs its cluster.</summary>
public sealed class TargetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string, string, ClusterProvider, string, string> Table => new()
    {
        // context, cluster, server, user -> provider, label, short cluster
        { "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary", "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary", "https://127.0.0.1:1", "", ClusterProvider.Eks, "primary (EKS, ap-northeast-2)", "primary" },
        { "arn:aws-cn:eks:cn-north-1:1:cluster/x", "c", "https://127.0.0.1:1", "", ClusterProvider.Eks, "x (EKS, cn-north-1)", "c" },
        { "gke_demo-project_asia-northeast3_remote", "gke_demo-project_asia-northeast3_remote", "https://1.2.3.4", "", ClusterProvider.Gke, "remote (GKE, asia-northeast3)", "remote" },
        { "connectgateway_p_global_fleet", "c", "https://connectgateway.googleapis.com/v1/projects/1/x", "", ClusterProvider.Gke, "fleet (GKE, global)", "c" },
        { "me@dev.eu-west-1.eksctl.io", "dev.eu-west-1.eksctl.io", "https://x", "", ClusterProvider.Eks, "dev (EKS, eu-west-1)", "dev" },
        { "prod", "prod", "https://ABC.gr7.us-east-1.eks.amazonaws.com", "", ClusterProvider.Eks, "prod (EKS, us-east-1)", "prod" },
        { "prod", "prod", "https://1.2.3.4", "exec: {command: /opt/aws, apiVersion: x, args: [--region, us-west-2, eks, get-token]}", ClusterProvider.Eks, "prod (EKS, us-west-2)", "prod" },
        { "prod", "prod", "https://1.2.3.4", "exec: {command: aws-iam-authenticator, apiVersion: x}", ClusterProvider.Eks, "prod (EKS)", "prod" },
        { "prod", "prod", "https://1.2.3.4", "exec: {command: aws, apiVersion: x, args: [sso, login]}", ClusterProvider.Other, "prod", "prod" },
        { "prod", "prod", "https://1.2.3.4", "exec: {command: 'C:\\gcloud\\gke-gcloud-auth-plugin.exe', apiVersion: x}", ClusterProvider.Gke, "prod (GKE)", "prod" },
        // The plugin says more than the name.
        { "gke_like_a_name", "c", "https://1.2.3.4", "exec: {command: aws, apiVersion: x, args: [eks, get-token]}", ClusterProvider.Eks, "name (EKS, a)", "c" },
        { "kind-local", "kind-local", "https://127.0.0.1:1", "token: t", ClusterProvider.Other, "kind-local", "kind-local" },
        { "weird:name/with spaces", "x", "https://127.0.0.1:1", "token: t", ClusterProvider.Other, "weird:name/with spaces", "x" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Contexts_get_providers_and_short_labels(string context, string cluster, string server, string user, ClusterProvider provider, string label, string shortName)
    {
        ClusterTarget target = Assert.Single(_folder.Open(_folder.Write("config", $$"""
            clusters: [{name: "{{cluster}}", cluster: {server: "{{server}}"} }]
            contexts: [{name: "{{context}}", context: {cluster: "{{cluster}}", user: u} }]
            users:
            - name: u
              user: { {{user}} }
            """)).Read().Targets);
        Assert.Equal((context, provider, label, shortName), (target.Context, target.Provider, target.Label, target.Cluster));
        Assert.Equal("default", target.Namespace);
        Assert.False(target.IsProtected);
    }

    [Fact]
    public void The_version_tells_the_provider_when_nothing_better_does()
    {
        using ClusterDirectory directory = _folder.Open(_folder.Write("config", Kubeconfigs.Token("https://1.2.3.4")));
        ClusterTarget target = directory.Read().Targets[0];
        Assert.Equal((ClusterProvider.Other, "test"), (target.Provider, target.Label));
        ClusterTarget complete = directory.Complete(target, new ClusterVersion("v1.33.1-gke.1234", "1", "33"));
        Assert.Equal((ClusterProvider.Gke, "test (GKE)"), (complete.Provider, complete.Label));
        complete = directory.Complete(target, new ClusterVersion("v1.33.1-eks-abc", "1", "33"));
        Assert.Equal(ClusterProvider.Eks, complete.Provider);
        Assert.Same(target, directory.Complete(target, new ClusterVersion("v1.33.1", "1", "33")));
    }

    [Fact]
    public void Settings_win()
    {
        var settings = new ClusterSettings
        {
            Contexts = ClusterSettings.Default.Contexts.Add("test", new ContextSettings { Label = "Seoul", Role = "primary", IsProtected = true, Provider = ClusterProvider.Eks }),
        };
        using ClusterDirectory directory = _folder.Open(settings, Trusted.Instance, _folder.Write("config", Kubeconfigs.Token("https://1.2.3.4")));
        ClusterTarget target = directory.Read().Targets[0];
        Assert.Equal(("Seoul", "primary", true, ClusterProvider.Eks), (target.Label, target.Role, target.IsProtected, target.Provider));
        Assert.Same(target, directory.Complete(target, new ClusterVersion("v1.33.1-gke.1", "1", "33")));
    }
}
