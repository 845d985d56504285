/** Takes out of a text what should not leave the machine: credentials first, then names of people, accounts and machines. */
export function redact(text: string, home: string): string {
  // Nobody reads longer lines, and patterns take a long time over them.
  let clean = text.replace(/([^\r\n]{4000})[^\r\n]+/g, '$1 <cut>');
  for (const [pattern, by] of CREDENTIALS) clean = clean.replace(pattern, by);
  const own = homePattern(home);
  if (own) clean = clean.replace(own, '~');
  for (const [pattern, by] of PLACES) clean = clean.replace(pattern, by);
  return clean;
}

/** Between the parts of a path: as it is, as JSON and logs double it, and as URIs write it. */
const SEPARATOR = String.raw`(?:\\{1,4}|\/|%5C|%2F)+`;

const COLON = '(?::|%3A)';

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The home folder in each form that paths take: Windows and POSIX, in JSON, in URIs. */
function homePattern(home: string): RegExp | undefined {
  const parts = home.split(/[\\/]+/).filter((part) => part !== '');
  if (parts.length === 0 || (parts.length === 1 && /^[A-Za-z]:$/.test(parts[0]!))) return undefined;
  const isWindows = /^[A-Za-z]:$/.test(parts[0]!);
  const names = parts.map((part, i) => (i === 0 && isWindows ? part[0]! + COLON : `(?:${[...new Set([part, encodeURIComponent(part), encodeURI(part)])].map(literal).join('|')})`));
  // A POSIX path begins with its separator. What goes on with letters is another folder.
  return new RegExp(`${isWindows ? '' : SEPARATOR}${names.join(SEPARATOR)}(?![\\w-])`, isWindows ? 'gi' : 'g');
}

/** Not the shell's word for the folder that it is in. */
const PWD = String.raw`pwd(?!["']?[ \t]{0,20}[:=][ \t]{0,20}["']?(?:[/~]|[A-Za-z]:[\\/]))`;

/** Ends of names whose values are secret. What goes on behind them (secretName, tokens) is something else. The server's log has the same rules: tests/redaction.json holds for both. */
const NAMES = String.raw`(?:token|passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?key(?:[_-]?data)?|client[_-]?certificate[_-]?data|certificate-authority-data|credentials?|(?:amz|goog)-signature|${PWD})`;

/** Between a name and its value on the same line; quotes may be escaped, as in JSON within JSON. */
const IS = String.raw`\\{0,8}["']?[ \t]{0,20}[:=][ \t]{0,20}`;

/** To the end of its own quotes: those within it have one backslash more. */
const QUOTED = String.raw`(\\{0,8}["'])(?:(?!(?<!\\)\2)[^\r\n])+\2?`;

/** Also with commas and semicolons, as long as no blank follows. */
const BARE = String.raw`(?:[^\s"',;}&\\]|[,;](?=[^\s"',;}&\\]))+`;

/** `a="x", b=y`, as schemes of HTTP have it. */
const PARAMETERS = String.raw`(?:[\w-]{1,40}=(?:"[^"\r\n]{0,2000}"|[^\s"',\\]{1,2000})(?:,[ \t]{0,20})?){1,20}`;

/** Words that follow a name in sentences. */
const NO_WORD = String.raw`(?!(?:expired|invalid|missing|not|is|was|has|no|null|none|true|false|empty|required|revoked|unknown|malformed|failed|cannot|could|unable|exec)(?![\w-]))`;

const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]+-----[\s\S]*?(-----END [^-]+-----|$)/g, '<certificate or key>'],
  // The log begins in the middle of one.
  [/^(?:[A-Za-z0-9+/=\r\n]|\\n)*-----END [^-]+-----/gm, '<certificate or key>'],
  [/\beyJ[\w-]{8,}(\.[\w-]*)*/g, '<token>'],
  // Also in brackets, as Go prints headers.
  [new RegExp(String.raw`(authorization${IS})(?:${QUOTED}|${NO_WORD}\[?(?:[A-Za-z][\w-]{0,40}[ \t]+)?(?:${PARAMETERS}(?:${BARE})?|${BARE}))`, 'gi'), '$1<token>'],
  [new RegExp(String.raw`(\b(?:set-)?cookie${IS})(?:${QUOTED}|\[?[\w.%-]{1,200}=[^\s;,"']*(?:;[ \t]{0,20}[\w.%-]{1,200}(?:=[^\s;,"']*)?)*)`, 'gi'), '$1<removed>'],
  // What stands below `password: |`.
  [new RegExp(String.raw`(${NAMES}${IS}[|>][0-9+-]{0,2}[ \t]{0,20}\r?\n([ \t]{1,200}))[^\r\n]*(?:\r?\n\2[^\r\n]*)*`, 'gi'), '$1<removed>'],
  [new RegExp(`(${NAMES}${IS})(?:${QUOTED}|${NO_WORD}${BARE})`, 'gi'), '$1<removed>'],
  // Environment variables: what follows the word is part of their names, too.
  [new RegExp(`((?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)[A-Z0-9_]{0,60}=)(?:${QUOTED}|${BARE})`, 'g'), '$1<removed>'],
  [new RegExp(String.raw`((?<![\w-])--[\w-]{0,40}?${NAMES}\\{0,8}["']?(?:[ \t]{0,20}[=,][ \t]{0,20}|[ \t]{1,20}))(?:${QUOTED}|(?!-)${BARE})`, 'gi'), '$1<removed>'],
  // curl -u name:x
  [/((?<![\w-])(?:-u|--(?:proxy-)?user)[ \t=]{1,20}["']?[^\s:"']{1,100}:)[^\s"']+/g, '$1<removed>'],
  // login -p x, -u name -p x; elsewhere the letter is a port or a path.
  [/((?:\blogin|[ \t](?:-u|--user(?:name)?))[ \t=][^\r\n]{0,200}?(?<=[ \t])-p[ \t=]{1,20}["']?)(?![-/])[^\s"']+/g, '$1<removed>'],
  // Name and password in Docker's settings.
  [new RegExp(String.raw`(\\{0,8}["']_?auth\\{0,8}["'][ \t]{0,20}:[ \t]{0,20})${QUOTED}`, 'g'), '$1<removed>'],
  // Links that need no more than themselves.
  [/([?&](?:sig|signature|key)=)[^\s&"'<>]+/gi, '$1<removed>'],
  // Not in "the bearer token".
  [/\b(bearer)\s+(?!(?:tokens?|auth|authentication|authorization|credentials?|scheme|header|realm)[.:]?(?:[\s,;)"'`]|$))[\w.~+/=:-]{6,}/gi, '$1 <token>'],
  // Base64 has a capital or a digit; "basic rules" has none.
  [/\b([Bb]asic|BASIC)\s+(?=[a-z]*[A-Z0-9=+/])[\w+/=-]{6,}/g, '$1 <token>'],
  [/\b(k8s-aws-v1|ya29|ghp|gho|xox[bp])[._-][\w.-]+/g, '<token>'],
  [/\b((?:AKIA|ASIA)[0-9A-Z]{12,})\b/g, '<key>'],
  [/(\w+:\/\/)[^\s/@:]+:[^\s/@]+@/g, '$1<removed>@'],
];

const PLACES: readonly (readonly [RegExp, string])[] = [
  // Homes of others, and one's own as another system sees it: a name may have blanks where a separator follows.
  [new RegExp(String.raw`\b[A-Za-z]${COLON}${SEPARATOR}(?:Users|Documents and Settings)${SEPARATOR}(?:[^\\/:*?"'<>|\r\n%]+(?=\\|\/|%5C|%2F)|[^\\/\s:*?"'<>|,;)]+)`, 'gi'), '~'],
  [new RegExp(String.raw`(?:\/|%2F|\\)+(?:home|Users)${SEPARATOR}[^\\/\s:*?"'<>|,;)]+`, 'g'), '~'],
  [/\barn:[\w-]+:([\w-]+):([\w-]*):\d{6,}:/g, 'arn:aws:$1:$2:<account>:'],
  [/\bgke_[\w-]+?_([\w-]+)_/g, 'gke_<project>_$1_'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, '<e-mail>'],
  [/\b(?!127\.)(?!0\.0\.0\.0)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '<address>'],
  [/(\bhttps:\/\/)(?!localhost|127\.)[\w.-]+/g, '$1<host>'],
  [/\b[A-Za-z0-9+/]{60,}={0,2}/g, '<data>'],
];
