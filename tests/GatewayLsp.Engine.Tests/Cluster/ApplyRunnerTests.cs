using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Testing.InMemory;

namespace GatewayLsp.Engine.Tests.Cluster;

/// <summary>Whatever goes wrong, and wherever: the state is the earlier one again, or the result and the journal say what remains.</summary>
public class ApplyRunnerTests
{
    private static readonly Dictionary<string, ClusterError> Failures = new()
    {
        ["409"] = new ClusterError(ClusterErrorKind.Conflict, "conflict") { Status = 409, Causes = [new ErrorCause("spec", ErrorCause.FieldManagerConflict, "", "x")] },
        ["422"] = new ClusterError(ClusterErrorKind.Invalid, "invalid") { Status = 422 },
        ["403"] = new ClusterError(ClusterErrorKind.Forbidden, "forbidden") { Status = 403 },
        ["401"] = new ClusterError(ClusterErrorKind.Unauthorized, "expired") { Status = 401 },
        ["500"] = new ClusterError(ClusterErrorKind.Unavailable, "broken") { Status = 500 },
        ["timeout"] = new ClusterError(ClusterErrorKind.Timeout, "no answer"),
        ["reset"] = new ClusterError(ClusterErrorKind.Broken, "reset"),
        ["refused"] = new ClusterError(ClusterErrorKind.ConnectionRefused, "refused"),
    };

    public static TheoryData<string, int> EveryFailureAtEveryStep()
    {
        var data = new TheoryData<string, int>();
        foreach (string failure in Failures.Keys)
        {
            for (int step = 0; step < 4; step++)
            {
                data.Add(failure, step);
            }
        }
        return data;
    }

    /// <summary>A cluster that has two of the objects, one of them with a field of another manager, and lacks two.</summary>
    private static InMemoryClient Cluster(string context = "test")
    {
        var client = new InMemoryClient(new ClusterTarget(context));
        client.Put("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","labels":{"team":"shop"}},"spec":{"selector":{"app":"old"},"ports":[{"port":80}]}}""", "gateway-lsp");
        client.Put("""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"edge","annotations":{"by":"others"}},"spec":{"gatewayClassName":"ours","listeners":[{"name":"web","port":8080,"protocol":"HTTP"}]}}""", "others");
        return client;
    }

    private const string Four = Plans.Shop + "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\ndata: {a: b}\n";

    private static Task<ApplyPlan> Plan(params InMemoryClient[] clients) => Plans.Of(Four, new PlanOptions { Force = true }, clients);

    [Fact]
    public async Task Applies_in_order_and_records_it()
    {
        InMemoryClient client = Cluster();
        var journal = new MemoryJournal();
        ApplyResult result = await Plans.Run(await Plan(client), journal, CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.Equal(["ConfigMap", "Service", "Gateway", "HTTPRoute"], client.Calls.Where(call => call.Verb == "apply").Select(call => call.Kind));
        Assert.Equal(["Writing", "Wrote", "Writing", "Wrote", "Writing", "Wrote", "Writing", "Wrote", "Ended"], journal.Records[0].Entries.Select(entry => entry.Event.ToString()));
        Assert.Equal(4, journal.Records[0].Written.Length);
    }

    [Theory]
    [MemberData(nameof(EveryFailureAtEveryStep))]
    public async Task A_write_that_fails_takes_all_back(string failure, int step)
    {
        InMemoryClient client = Cluster();
        string before = client.Dump();
        ApplyPlan plan = await Plan(client);
        int writes = 0;
        // It keeps failing: what is transient is tried again a few times.
        client.Fault = call => call.Verb == "apply" && writes++ >= step ? Failures[failure] : null;
        var journal = new MemoryJournal();
        ApplyResult result = await Plans.Run(plan, journal, CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.RolledBack, result.Outcome);
        Assert.Equal(before, client.Dump());
        Assert.Empty(journal.Records[0].Written);
        Assert.Contains(Failures[failure].Message, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("refused")]
    public async Task A_cluster_that_answers_nothing_any_more_ends_the_apply_soon_and_the_record_stays_open(string failure)
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        var time = new HastyTime();
        int writes = 0;
        bool isAway = false;
        client.Fault = call =>
        {
            isAway |= call.Verb == "apply" && writes++ == 2;
            if (isAway && failure == "timeout")
            {
                time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(15), default); // A call takes so long.
            }
            return isAway ? Failures[failure] : null;
        };
        var journal = new MemoryJournal();
        DateTimeOffset start = time.GetUtcNow();
        ApplyResult result = await new ApplyRunner([client], journal, time).RunAsync(plan, "1", CancellationToken.None);
        Assert.Equal(ApplyOutcome.PartlyRolledBack, result.Outcome);
        Assert.True(time.GetUtcNow() - start < TimeSpan.FromMinutes(3), $"{time.GetUtcNow() - start}");
        Assert.Contains("does not answer any more", result.Message, StringComparison.Ordinal);
        Assert.Contains(result.Objects, one => one.Note.Contains("was not tried: the cluster does not answer", StringComparison.Ordinal));
        JournalRecord record = journal.Records[0];
        Assert.Null(record.Outcome);
        Assert.True(record.Written.Length >= 2);

        client.Fault = null;
        RollbackPlan back = await new Rollback(client, time).PlanAsync(record, CancellationToken.None);
        Assert.Null(back.Error);
        Assert.True(back.Steps.Length >= 2);
        // Or on with it: what is left is planned anew.
        Assert.Equal(ApplyOutcome.Applied, (await Plans.Run(await Plan(client), new MemoryJournal(), CancellationToken.None, client)).Outcome);
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("reset")]
    [InlineData("500")]
    public async Task A_lost_answer_is_read_back(string failure)
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        client.LostReply = call => call.Verb == "apply" ? Failures[failure] : null;
        ApplyResult result = await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.Applied, result.Outcome);
        Assert.False((await Plan(client)).HasChanges);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_passing_trouble_is_waited_out(int step)
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        int writes = 0;
        client.Fault = call => call.Verb == "apply" && writes++ == step
            ? new ClusterError(ClusterErrorKind.TooManyRequests, "slow down") { Status = 429, RetryAfter = TimeSpan.FromSeconds(1) } : null;
        Assert.Equal(ApplyOutcome.Applied, (await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, client)).Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_cancelled_apply_takes_all_back(int step)
    {
        InMemoryClient client = Cluster();
        string before = client.Dump();
        ApplyPlan plan = await Plan(client);
        using var source = new CancellationTokenSource();
        int writes = 0;
        client.LostReply = call =>
        {
            if (call.Verb == "apply" && writes++ == step)
            {
                source.Cancel();
            }
            return null;
        };
        ApplyResult result = await Plans.Run(plan, new MemoryJournal(), source.Token, client);
        Assert.Equal(step == 3 ? ApplyOutcome.Applied : ApplyOutcome.RolledBack, result.Outcome);
        if (step < 3)
        {
            Assert.Equal(before, client.Dump());
        }
    }

    [Fact]
    public async Task A_failure_at_the_second_target_takes_the_first_back_too()
    {
        InMemoryClient first = Cluster("first");
        InMemoryClient second = Cluster("second");
        string before = first.Dump();
        ApplyPlan plan = await Plan(first, second);
        second.Fault = call => call is { Verb: "apply", Kind: "Gateway" } ? Failures["403"] : null;
        ApplyResult result = await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, first, second);
        Assert.Equal(ApplyOutcome.RolledBack, result.Outcome);
        Assert.Equal(before, first.Dump());
        Assert.Equal(before, second.Dump());
    }

    [Fact]
    public async Task Nothing_is_written_when_a_dry_run_fails_anywhere()
    {
        InMemoryClient first = Cluster("first");
        InMemoryClient second = Cluster("second");
        ApplyPlan plan = await Plan(first, second);
        second.Fault = call => call is { Verb: "apply (dry run)", Kind: "HTTPRoute" } ? Failures["422"] : null;
        ApplyResult result = await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, first, second);
        Assert.Equal(ApplyOutcome.Refused, result.Outcome);
        Assert.DoesNotContain(first.Calls.Concat(second.Calls), call => call.Verb == "apply");
    }

    [Fact]
    public async Task Nothing_is_written_when_somebody_changed_an_object_since()
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        client.Put("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"cart"},"spec":{"selector":{"app":"other"},"ports":[{"port":80}]}}""", "others");
        ApplyResult result = await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.Refused, result.Outcome);
        Assert.DoesNotContain(client.Calls, call => call.Verb == "apply");
    }

    [Fact]
    public async Task A_status_that_changes_meanwhile_is_no_obstacle()
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        ResourceAddress gateway = Plans.Address(client, "gateway.networking.k8s.io", "Gateway", "default", "edge");
        client.SetStatus(gateway, """{"addresses":[{"value":"1.2.3.4"}]}""");
        Assert.Equal(ApplyOutcome.Applied, (await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, client)).Outcome);
    }

    [Fact]
    public async Task What_others_change_during_the_apply_stays()
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        bool isDone = false;
        client.Fault = call =>
        {
            if (call is { Verb: "apply", Kind: "HTTPRoute" })
            {
                isDone = true;
                return Failures["403"];
            }
            return null;
        };
        client.LostReply = call =>
        {
            if (call is { Verb: "apply", Kind: "Service" } && !isDone)
            {
                client.PatchAsync(Plans.Address(client, "", "Service", "default", "cart"), PatchKind.Merge,
                    """{"metadata":{"labels":{"late":"yes"}}}"""u8.ToArray(), new WriteOptions { FieldManager = "others" }, null, CancellationToken.None).Wait();
            }
            return null;
        };
        ApplyResult result = await Plans.Run(plan, new MemoryJournal(), CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.RolledBack, result.Outcome);
        Assert.Contains("\"late\":\"yes\"", client.Dump(), StringComparison.Ordinal);
        Assert.Contains("\"app\":\"old\"", client.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_undone_is_said()
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        client.Fault = call => call is { Verb: "apply", Kind: "HTTPRoute" } or { Verb: "delete" } ? Failures["403"] : null;
        var journal = new MemoryJournal();
        ApplyResult result = await Plans.Run(plan, journal, CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.PartlyRolledBack, result.Outcome);
        AppliedObject left = Assert.Single(result.Objects, one => one.Outcome == ObjectOutcome.NotRolledBack);
        Assert.Equal("ConfigMap", left.Address.Kind.Kind);
        Assert.Equal("ConfigMap", Assert.Single(journal.Records[0].Written).Address.Kind.Kind);
    }

    [Fact]
    public async Task Without_a_journal_nothing_is_written()
    {
        InMemoryClient client = Cluster();
        string before = client.Dump();
        var journal = new MemoryJournal { Fault = _ => "the disk is full" };
        ApplyResult result = await Plans.Run(await Plan(client), journal, CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.RolledBack, result.Outcome);
        Assert.Equal(before, client.Dump());
        Assert.DoesNotContain(client.Calls, call => call.Verb == "apply");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_process_that_ends_at_any_entry_leaves_enough_to_go_back(int entries)
    {
        InMemoryClient client = Cluster();
        string before = client.Dump();
        ApplyPlan plan = await Plan(client);
        var journal = new MemoryJournal();
        int written = 0;
        // From that entry on nothing reaches the journal or the cluster, as if the process were gone.
        journal.Fault = _ => ++written > entries ? "gone" : null;
        client.Fault = call => written >= entries + 1 && call.Verb is not ("get" or "list" or "discover") ? Failures["refused"] : null;
        await Plans.Run(plan, journal, CancellationToken.None, client);
        journal.Fault = null;
        client.Fault = null;
        JournalRecord record = journal.Records[0];
        Assert.NotEqual(before, client.Dump());
        var rollback = new Rollback(client, new HastyTime());
        RollbackPlan way = await rollback.PlanAsync(record, CancellationToken.None);
        ApplyResult result = await rollback.RunAsync(way, journal.Reopen(0), null, CancellationToken.None);
        Assert.Equal(ApplyOutcome.RolledBack, result.Outcome);
        Assert.Equal(before, client.Dump());
    }

    [Fact]
    public async Task A_rollback_of_what_others_changed_is_contested_and_leaves_their_change()
    {
        InMemoryClient client = Cluster();
        var journal = new MemoryJournal();
        await Plans.Run(await Plan(client), journal, CancellationToken.None, client);
        client.Put("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","labels":{"team":"shop"}},"spec":{"selector":{"app":"third"},"ports":[{"port":80}]}}""", "others");
        var rollback = new Rollback(client, new HastyTime());
        RollbackPlan plan = await rollback.PlanAsync(journal.Records[0], CancellationToken.None);
        Assert.True(plan.IsContested);
        ApplyResult result = await rollback.RunAsync(plan, journal.Reopen(0), null, CancellationToken.None);
        Assert.Equal(ApplyOutcome.PartlyRolledBack, result.Outcome);
        Assert.Contains("\"app\":\"third\"", client.Dump(), StringComparison.Ordinal);
        Assert.Contains("spec.selector.app", Assert.Single(result.Objects, one => one.Outcome == ObjectOutcome.NotRolledBack).Note, StringComparison.Ordinal);
        // It is done with: asked for again, the way back leads on to the apply before.
        Assert.Empty(journal.Records[0].Written);
    }

    /// <summary>What no further try can take back is left; what one could, stays on record.</summary>
    [Theory]
    [InlineData("deleted", true)]
    [InlineData("made anew", true)]
    [InlineData("away", false)]
    public async Task A_way_back_that_ends_elsewhere_is_not_gone_again(string what, bool isDone)
    {
        InMemoryClient client = Cluster();
        var journal = new MemoryJournal();
        await Plans.Run(await Plan(client), journal, CancellationToken.None, client);
        JournalRecord record = journal.Records[0];
        UndoStep changed = record.Written.First(step => step.Before is not null);
        if (what != "away")
        {
            await client.DeleteAsync(changed.Address, new DeleteOptions(), CancellationToken.None);
        }
        if (what == "made anew")
        {
            client.Put($$$"""{"apiVersion":"{{{changed.Address.Kind.Gvk.ApiVersion}}}","kind":"{{{changed.Address.Kind.Kind}}}","metadata":{"name":"{{{changed.Address.Name}}}"},"spec":{"ports":[{"port":80}]}}""", "others");
        }
        var rollback = new Rollback(client, new HastyTime());
        RollbackPlan plan = await rollback.PlanAsync(record, CancellationToken.None);
        client.Fault = call => what == "away" && call.Verb is not ("get" or "list" or "discover") ? Failures["403"] : null;
        ApplyResult result = await rollback.RunAsync(plan, journal.Reopen(0), null, CancellationToken.None);
        Assert.Equal(ApplyOutcome.PartlyRolledBack, result.Outcome);
        Assert.Equal(isDone, journal.Records[0].Written.IsEmpty);
    }

    /// <summary>What is created goes again, and what others wrote into it with it: that is said before.</summary>
    [Theory]
    [InlineData(false, "all is taken back, and what the apply created is deleted with their changes: Service/default/cart-next")]
    [InlineData(true, "all is taken back, and what the apply created is deleted with their changes: Service/default/cart-next; their other changes stay")]
    public async Task A_rollback_says_whose_changes_are_deleted(bool isOtherChanged, string consequence)
    {
        InMemoryClient client = Cluster();
        var journal = new MemoryJournal();
        const string Next = "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: cart-next, namespace: default}\nspec: {selector: {app: cart}, ports: [{port: 80}]}\n";
        await Plans.Run(await Plans.Of(Plans.Shop + Next, new PlanOptions { Force = true }, client), journal, CancellationToken.None, client);
        foreach (string name in isOtherChanged ? (string[])["cart", "cart-next"] : ["cart-next"])
        {
            client.Put($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}"},"spec":{"selector":{"app":"third"},"ports":[{"port":80}]}}""", "others");
        }
        RollbackPlan plan = await new Rollback(client, new HastyTime()).PlanAsync(journal.Records[0], CancellationToken.None);
        Assert.Equal(consequence, plan.Consequence);
        Assert.Equal(["cart-next"], plan.Steps.Where(step => step.DeletesChanges).Select(step => step.Undo.Address.Name));
    }

    [Fact]
    public async Task A_write_that_was_announced_and_never_sent_is_no_change_of_others()
    {
        InMemoryClient client = Cluster();
        ApplyPlan plan = await Plan(client);
        var journal = new MemoryJournal();
        IJournalLog log = journal.Begin(new JournalHead("a", "test", "test", "", default, [new JournalStep(plan.Targets[0].Steps[1].Address, [])])).Value!;
        log.Append(new JournalEntry(JournalEvent.Writing, 0, default)
        {
            State = Engine.Cluster.Diffing.JsonTrees.ToTree(plan.Targets[0].Steps[1].Live!),
            Expected = Engine.Cluster.Diffing.JsonTrees.ToTree(plan.Targets[0].Steps[1].Outcome!),
        });
        var rollback = new Rollback(client, new HastyTime());
        RollbackPlan way = await rollback.PlanAsync(journal.Records[0], CancellationToken.None);
        Assert.Equal((false, false), (way.IsContested, way.HasChanges));
        Assert.Equal(ApplyOutcome.RolledBack, (await rollback.RunAsync(way, log, null, CancellationToken.None)).Outcome);
    }

    /// <summary>What controllers make goes with the namespace; what people make keeps it, whatever its kind and however much stands before it.</summary>
    [Theory]
    [InlineData("v1 ConfigMap theirs", "", 1, true)]
    [InlineData("v1 ConfigMap kube-root-ca.crt", "", 1, false)]
    [InlineData("multicluster.x-k8s.io/v1alpha1 ServiceImport cart", "gateway-sandbox/managed: true", 4, false)]
    [InlineData("multicluster.x-k8s.io/v1alpha1 ServiceImport cart", "", 1, true)]
    [InlineData("discovery.k8s.io/v1 EndpointSlice cart", "endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io", 4, false)]
    [InlineData("discovery.k8s.io/v1 EndpointSlice cart", "endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io", 501, true)]
    [InlineData("discovery.k8s.io/v1 EndpointSlice cart", "endpointslice.kubernetes.io/managed-by: staff", 1, true)]
    public async Task A_namespace_that_others_use_is_not_deleted(string what, string label, int count, bool isKept)
    {
        var client = new InMemoryClient();
        const string Fixture = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: new}\ndata: {a: b}\n";
        var journal = new MemoryJournal();
        await Plans.Run(await Plans.Of(Fixture, new PlanOptions { CreateNamespaces = true }, client), journal, CancellationToken.None, client);
        string[] words = what.Split(' ');
        string labels = label.Split(": ") is [var key, var value] ? $"\"{key}\": \"{value}\"" : "";
        for (int i = 0; i < count; i++)
        {
            client.Put($$$"""{"apiVersion":"{{{words[0]}}}","kind":"{{{words[1]}}}","metadata":{"name":"{{{words[2]}}}{{{(i == 0 ? "" : $"-{i}")}}}","namespace":"new","labels": { {{{labels}}} } } }""", "somebody");
        }
        var rollback = new Rollback(client, new HastyTime());
        ApplyResult result = await rollback.RunAsync(await rollback.PlanAsync(journal.Records[0], CancellationToken.None), journal.Reopen(0), null, CancellationToken.None);
        Assert.Equal(isKept ? ApplyOutcome.PartlyRolledBack : ApplyOutcome.RolledBack, result.Outcome);
        Assert.Equal(isKept, client.Dump().Contains("Namespace/new", StringComparison.Ordinal));
        Assert.DoesNotContain("ConfigMap/new/a ", client.Dump(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_value_of_a_Secret_reaches_the_journal_and_yet_a_failure_restores_it()
    {
        var client = new InMemoryClient();
        client.Put("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":\"cGxhbnRlZDA=\"}"}},"data":{"a":"cGxhbnRlZDE="}}""", "gateway-lsp");
        string before = client.Dump();
        const string Fixture = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: cGxhbnRlZDI=}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n";
        ApplyPlan plan = await Plans.Of(Fixture, new PlanOptions { Force = true }, client);
        client.Fault = call => call is { Verb: "apply", Kind: "Service" } ? Failures["403"] : null;
        var journal = new MemoryJournal();
        ApplyResult result = await Plans.Run(plan, journal, CancellationToken.None, client);
        Assert.Equal(ApplyOutcome.RolledBack, result.Outcome);
        Assert.Equal(before, client.Dump());
        Assert.DoesNotContain("cGxhbnRlZ", journal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("cGxhbnRlZ", result.ToString() + string.Concat(result.Objects.Select(one => one.Note)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_for_the_present_generation()
    {
        var client = new InMemoryClient();
        await Plans.Apply(Plans.Shop, new MemoryJournal(), client);
        ResourceAddress gateway = Plans.Address(client, "gateway.networking.k8s.io", "Gateway", "default", "edge");
        async Task<LiveConditions> Wait() => (await new StatusWaiter([client], new HastyTime()).WaitAsync([("test", gateway)], TimeSpan.FromSeconds(3), CancellationToken.None))[0].Conditions!;
        Assert.Equal(LiveHealth.Pending, (await Wait()).Health);
        client.SetStatus(gateway, """{"addresses":[{"value":"1.2.3.4"}],"conditions":[{"type":"Accepted","status":"True","observedGeneration":1},{"type":"Programmed","status":"True","observedGeneration":0}]}""");
        Assert.Equal(LiveHealth.Pending, (await Wait()).Health);
        client.SetStatus(gateway, """{"addresses":[{"value":"1.2.3.4"}],"conditions":[{"type":"Accepted","status":"True","observedGeneration":1},{"type":"Programmed","status":"True","observedGeneration":1}]}""");
        LiveConditions well = await Wait();
        Assert.Equal(LiveHealth.Healthy, well.Health);
        Assert.Equal("1.2.3.4", Assert.Single(well.Addresses));
        client.SetStatus(gateway, """{"conditions":[{"type":"Accepted","status":"True"}],"listeners":[{"name":"web","conditions":[{"type":"ResolvedRefs","status":"False","reason":"InvalidCertificateRef"}]}]}""");
        LiveConditions bad = await Wait();
        Assert.Equal(LiveHealth.Unhealthy, bad.Health);
        Assert.Equal("listener web", Assert.Single(bad.Bad).Of);
    }
}
