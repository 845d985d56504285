/** More of a text is not looked at: this only decides whether menus have our entries. */
const MAX_LENGTH = 200_000;

/** Whether a manifest may have objects that a topology shows, judged by its lines alone. */
export function mayHaveTraffic(text: string): boolean {
  return /^(?:- |\s*)kind:\s*["']?(?:Gateway|GatewayClass|X?ListenerSet|(?:HTTP|GRPC|TLS|TCP|UDP)Route|Service|ServiceImport)["']?\s*(?:#.*)?$/m.test(text.slice(0, MAX_LENGTH));
}
