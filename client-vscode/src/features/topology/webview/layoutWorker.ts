/// <reference lib="webworker" />
// Layout runs beside the page, so that the page stays quick whatever the size of the graph.
import { layOut, type LayoutInput } from '../drawing/layout';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data }: MessageEvent<{ id: number; input: LayoutInput }>) => {
  try {
    self.postMessage({ id: data.id, layout: layOut(data.input) });
  } catch (e) {
    self.postMessage({ id: data.id, error: e instanceof Error ? e.message : String(e) });
  }
};
