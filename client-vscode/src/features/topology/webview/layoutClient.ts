import type { Layout, LayoutInput } from '../drawing/layout';

type Answer = { readonly id: number; readonly layout?: Layout; readonly error?: string };

/** Asks the worker for layouts. */
export class LayoutClient {
  private readonly worker: Promise<Worker>;
  private last = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  /** A worker's script has to come from the page's own origin, which a webview's files do not: hence the blob. */
  constructor(script: string) {
    this.worker = fetch(script)
      .then((answer) => answer.blob())
      .then((blob) => {
        const worker = new Worker(URL.createObjectURL(new Blob([blob], { type: 'text/javascript' })));
        worker.onmessage = ({ data }: MessageEvent<Answer>) => {
          this.waiting.get(data.id)?.(data);
          this.waiting.delete(data.id);
        };
        return worker;
      });
  }

  async layOut(input: LayoutInput): Promise<Layout> {
    const id = ++this.last;
    const worker = await this.worker;
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.set(id, resolve);
      worker.postMessage({ id, input });
    });
    if (!answer.layout) throw new Error(answer.error);
    return answer.layout;
  }
}
