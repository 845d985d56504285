/** The last lines of a log, for a report; a line is cut where it gets long. */
export class RecentLines {
  private readonly kept: string[] = [];

  constructor(
    private readonly limit = 200,
    private readonly width = 1_000,
  ) {}

  get lines(): readonly string[] {
    return this.kept;
  }

  add(line: string): void {
    this.kept.push(line.length > this.width ? `${line.slice(0, this.width)}…` : line);
    if (this.kept.length > this.limit) this.kept.shift();
  }
}
