/** Takes out of a text what should not leave the machine: credentials first, then names of people, accounts and machines. */
export function redact(text: string, home: string): string {
  let clean = text;
  if (home.length > 1) clean = clean.replaceAll(home, '~').replaceAll(encodeURI(home), '~');
  for (const [pattern, by] of RULES) clean = clean.replace(pattern, by);
  return clean;
}

const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]+-----[\s\S]*?(-----END [^-]+-----|$)/g, '<certificate or key>'],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '<token>'],
  [/\b(bearer|basic)\s+[\w.~+/=:-]+/gi, '$1 <token>'],
  [/\b(k8s-aws-v1|ya29|ghp|gho|xox[bp])[._-][\w.-]+/g, '<token>'],
  [/\b((?:AKIA|ASIA)[0-9A-Z]{12,})\b/g, '<key>'],
  [/(["']?\b[\w-]*(?:password|passwd|token|secret|client-key-data|client-certificate-data|certificate-authority-data|api[_-]?key)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;}]+)/gi, '$1<removed>'],
  [/(\w+:\/\/)[^\s/@:]+:[^\s/@]+@/g, '$1<removed>@'],
  [/\barn:[\w-]+:([\w-]+):([\w-]*):\d{6,}:/g, 'arn:aws:$1:$2:<account>:'],
  [/\bgke_[\w-]+?_([\w-]+)_/g, 'gke_<project>_$1_'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, '<e-mail>'],
  [/\b(?!127\.)(?!0\.0\.0\.0)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '<address>'],
  [/(\bhttps:\/\/)(?!localhost|127\.)[\w.-]+/g, '$1<host>'],
  [/\b[A-Za-z0-9+/]{60,}={0,2}/g, '<data>'],
];
