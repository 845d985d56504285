using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;

namespace GatewayLsp.Server.Deploying;

/// <param name="Record">Null when it can't be read: it is being written, its process ended before its first line was whole, or the file does not open.</param>
internal sealed record KeptApply(string Path, JournalRecord? Record)
{
    /// <summary>The process that writes it is alive.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Why the file does not open. It may tell of writes all the same: nothing goes over it.</summary>
    public string? Unreadable { get; init; }

    /// <summary>As JSON tells it: an <see cref="ApplyOutcome"/>, <c>interrupted</c>, <c>running</c> or <c>unreadable</c>.</summary>
    public string Outcome => IsRunning ? "running" : Unreadable is not null ? "unreadable"
        : Record?.Outcome is { } ended ? JsonNamingPolicy.CamelCase.ConvertName(ended.ToString()) : "interrupted";

    /// <summary>Why neither an apply nor a rollback can begin beside this one; null when it can. Without "error" and full stop.</summary>
    public string? Obstacle(string context) => IsRunning ? $"another apply to `{context}` is under way"
        : Unreadable is not null ? $"the record of an apply to `{context}` can't be read, so what it wrote is not known: {Unreadable.TrimEnd('.')}. Make the file {Path} readable, or move it away to go on without it"
        : null;
}

/// <summary>
/// Applies as files, a folder per context, one file an apply; for the user's eyes only. Each line is on disk before the write
/// it tells of is sent. The file is locked as long as its process lives.
/// </summary>
/// <param name="open">Opens a file of an apply; null for the file system's own way.</param>
internal sealed class FileJournal(string folder, Func<string, FileStreamOptions, FileStream>? open = null) : IJournal
{
    /// <summary>Applies kept per context.</summary>
    private const int MaxKept = 100;

    private const string Stamp = "yyyyMMdd'T'HHmmss.fff'Z'";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The user's, the same for the command line and for editors.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static FileJournal Of(Func<string, string?> variable)
    {
        string? state = variable("XDG_STATE_HOME");
        string home = variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string root = string.IsNullOrEmpty(state) || !Path.IsPathRooted(state) ? Path.Combine(home, ".local", "state") : state;
        return new FileJournal(Path.Combine(root, "gateway-lsp", "applies"));
    }

    public Answered<IJournalLog> Begin(JournalHead head)
    {
        try
        {
            string own = FolderOf(head.Context);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(own);
            }
            else
            {
                Directory.CreateDirectory(own, OwnerOnly | UnixFileMode.UserExecute);
            }
            FileStream? turn = Turn(own);
            if (turn is null)
            {
                return new ClusterError(ClusterErrorKind.Refused, $"another apply to `{head.Context}` is under way");
            }
            Prune(own);
            var log = new Log(Path.Combine(own, $"{NameOf(own, head.At)}-{head.Id}.jsonl"), isNew: true, turn, open);
            if (log.Write(JournalFormat.Line(head)) is { } reason)
            {
                log.Dispose();
                return new ClusterError(ClusterErrorKind.Refused, reason);
            }
            return log;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ClusterError(ClusterErrorKind.Refused, e.Message);
        }
    }

    /// <summary>Goes on with a log that was closed, or left by a process that is gone.</summary>
    public static Answered<IJournalLog> Reopen(string path)
    {
        try
        {
            return Turn(Path.GetDirectoryName(path)!) is { } turn ? new Log(path, isNew: false, turn, open: null)
                : new ClusterError(ClusterErrorKind.Refused, "another apply to the same cluster is under way");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ClusterError(ClusterErrorKind.Refused, e.Message);
        }
    }

    /// <summary>The applies to a context, the latest first.</summary>
    public ImmutableArray<KeptApply> Of(string context)
    {
        string own = FolderOf(context);
        if (!Directory.Exists(own))
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<KeptApply>();
        foreach (string path in Directory.EnumerateFiles(own, "*.jsonl").OrderByDescending(path => path, StringComparer.Ordinal))
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                using var reader = new StreamReader(file, Encoding.UTF8);
                JournalRecord? record = JournalFormat.Read(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
                if (record is null || record.Head.Context == context)
                {
                    found.Add(new KeptApply(path, record));
                }
            }
            catch (FileNotFoundException)
            {
            }
            catch (IOException e) when (IsTaken(e))
            {
                found.Add(new KeptApply(path, null) { IsRunning = true });
            }
            catch (IOException e)
            {
                found.Add(new KeptApply(path, null) { Unreadable = e.Message });
            }
            catch (UnauthorizedAccessException)
            {
                found.Add(new KeptApply(path, null) { Unreadable = "You have no right to read it." });
            }
        }
        return found.ToImmutable();
    }

    /// <summary>Those that went to this very server, which a context's name alone does not say, and those that don't tell.</summary>
    public ImmutableArray<KeptApply> Of(ClusterTarget target) =>
        Of(target.Context).RemoveAll(one => one.Record is { } record && record.Head.Server != target.Server);

    /// <summary>Whether anything was ever applied to the context; looks at no content.</summary>
    public bool Has(string context)
    {
        string own = FolderOf(context);
        return Directory.Exists(own) && Directory.EnumerateFiles(own, "*.jsonl").Any();
    }

    /// <summary>Where a way back begins: at the latest that wrote, or may have: is running, or does not open.</summary>
    public static KeptApply? Latest(ImmutableArray<KeptApply> kept) =>
        kept.FirstOrDefault(one => one.IsRunning || one.Unreadable is not null || one.Record is { Written.IsEmpty: false });

    /// <summary>The apply that was ended from outside in the middle, if the last one was; it may be taken back, kept, or gone on with.</summary>
    public static KeptApply? Unfinished(ImmutableArray<KeptApply> kept) =>
        kept.FirstOrDefault() is { Record: { Outcome: null, Written.IsEmpty: false } } last ? last : null;

    /// <summary>Takes an apply that was interrupted for finished: what it wrote stays. Null when that is recorded, else why not.</summary>
    public static string? Keep(KeptApply one, DateTimeOffset now)
    {
        Answered<IJournalLog> log = Reopen(one.Path);
        if (!log.IsOk)
        {
            return log.Error.Message;
        }
        using (log.Value)
        {
            return log.Value.Append(new JournalEntry(JournalEvent.Ended, -1, now) { Outcome = ApplyOutcome.Applied, Note = "Interrupted; kept by the user." });
        }
    }

    /// <summary>Whoever writes to a context has its lock: two that both looked before either began must not write at the same time. Null when somebody has it.</summary>
    private static FileStream? Turn(string own)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        try
        {
            return new FileStream(Path.Combine(own, "lock"), options);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }
    }

    /// <summary>
    /// True when another process has the file open for itself: EAGAIN, which is 35 on macOS, or the sharing violations of Windows. A disk
    /// that is full or may not be written to is no other apply.
    /// </summary>
    private static bool IsTaken(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);

    /// <summary>The latest has the last name, also when the clock was set back since the one before.</summary>
    private static string NameOf(string own, DateTimeOffset at)
    {
        string? last = Directory.EnumerateFiles(own, "*.jsonl").Select(Path.GetFileName).Max(StringComparer.Ordinal);
        if (last?.IndexOf('Z', StringComparison.Ordinal) is > 0 and var end
            && DateTime.TryParseExact(last[..(end + 1)], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime before)
            && at.UtcDateTime <= before)
        {
            at = new DateTimeOffset(before, TimeSpan.Zero).AddMilliseconds(1);
        }
        return at.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture);
    }

    private static void Prune(string own)
    {
        foreach (string path in Directory.EnumerateFiles(own, "*.jsonl").OrderByDescending(path => path, StringComparer.Ordinal).Skip(MaxKept))
        {
            File.Delete(path);
        }
    }

    /// <summary>Names of contexts hold signs that file names can't.</summary>
    private string FolderOf(string context) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)))[..20]);

    private sealed class Log : IJournalLog
    {
        private readonly FileStream _file;
        private readonly FileStream _turn;

        /// <param name="turn">The lock of the context; this gives it back.</param>
        /// <param name="open">Null for the file system's own way.</param>
        public Log(string path, bool isNew, FileStream turn, Func<string, FileStreamOptions, FileStream>? open)
        {
            _turn = turn;
            var options = new FileStreamOptions
            {
                Mode = isNew ? FileMode.CreateNew : FileMode.Open,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (isNew && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }
            try
            {
                _file = open is null ? new FileStream(path, options) : open(path, options);
            }
            catch
            {
                turn.Dispose();
                throw;
            }
            _file.Seek(0, SeekOrigin.End);
            if (!isNew && EndsTorn())
            {
                _file.Write("\n"u8);
            }
        }

        public string? Append(JournalEntry entry) => Write(JournalFormat.Line(entry));

        public string? Write(string line)
        {
            try
            {
                _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
                _file.Flush(flushToDisk: true);
                return null;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return e.Message;
            }
        }

        public void Dispose()
        {
            _file.Dispose();
            _turn.Dispose();
        }

        /// <summary>A crash may cut the last line off; what follows must not become part of it.</summary>
        private bool EndsTorn()
        {
            if (_file.Length == 0)
            {
                return false;
            }
            _file.Seek(-1, SeekOrigin.End);
            return _file.ReadByte() != '\n';
        }
    }
}
