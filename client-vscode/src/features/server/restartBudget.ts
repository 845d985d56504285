/**
 * How often a crashed server is started again by itself: a crash now and then heals unseen, a
 * server that crashes on every start stops asking for the processor.
 */
export class RestartBudget {
  private readonly crashes: number[] = [];

  constructor(
    private readonly limit = 4,
    private readonly windowMs = 3 * 60_000,
  ) {}

  /** Takes note of a crash; the delay in ms before the next start, or undefined when there is none left. */
  next(nowMs: number): number | undefined {
    while (this.crashes[0] !== undefined && nowMs - this.crashes[0] > this.windowMs) this.crashes.shift();
    this.crashes.push(nowMs);
    return this.crashes.length > this.limit ? undefined : 250 * 2 ** (this.crashes.length - 1);
  }

  /** The user asked for a start: what was before does not count. */
  reset(): void {
    this.crashes.length = 0;
  }
}
