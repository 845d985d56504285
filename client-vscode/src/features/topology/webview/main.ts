// The webview: keeps the graph, has it laid out, shows it.
import './texts';
import { t } from '../../l10n';
import type { Trace, TraceParams } from '../../trace/protocol';
import { toCards, type Cards } from '../drawing/cards';
import { applyPatches } from '../drawing/graph';
import type { Layout, LayoutInput } from '../drawing/layout';
import { countOf, facets, NO_FACETS, pathOf, search, waysThrough, type Facets } from '../drawing/ways';
import type { ExportFormat, ToWebview, View } from '../messages';
import type { Filters, Graph, Source, TopologyNode } from '../protocol';
import { h, iconButton, s } from './dom';
import { toPng, toSvg } from './exporting';
import { host, post } from './host';
import { neighbour } from './keyboard';
import { LayoutClient } from './layoutClient';
import { Legend } from './legend';
import { ListView } from './listView';
import { Scene } from './scene';
import { SourceSwitch } from './sourceSwitch';
import { TextWidths } from './text';
import { Toolbar } from './toolbar';
import { aboutEdge, aboutNode, Tooltip } from './tooltip';
import { TracePanel } from './tracePanel';
import './style.css';

/** A new place is the user's when it stays for so long. */
const STAY_MS = 300;

const kept = host.getState();

let graph: Graph = { nodes: [], edges: [] };
let drawn: Cards = { cards: [], lines: [], cardOf: new Map() };
let nodes = new Map<string, TopologyNode>();
let about = kept?.about ?? '';
let filters: Filters = {};
let source: Source = kept?.source ?? 'planned';
let known: Facets = kept?.facets ?? NO_FACETS;
let folded = new Set(kept?.folded);
let layout: Layout | undefined;
let laidOut = '';
let busy = false;
let again = false;
let selected: string | undefined;
let current: string | undefined;
let found: string[] = [];
let foundAt = -1;
let traced: { params: TraceParams; trace: Trace } | undefined;
let showsPath = false;
/** From where the next layout is seen. */
let nextView = kept?.view;
let leaving: number | undefined;
/** Where the view was before it went to the path of a request. */
let beforePath: View | undefined;
/** Why there is no graph of what was asked for; empty where there is one. */
let trouble = '';

const svg = s('svg', { class: 'topology', role: 'application', 'aria-label': t('Traffic topology. Arrow keys move along the lines, Enter shows the manifest.'), 'aria-roledescription': t('graph') });
const status = h('div', { class: 'sr', role: 'status' });
const notice = h('div', { class: 'notice', hidden: true });
const zoom = h('span', { class: 'zoom-level', 'aria-hidden': 'true' }, '100 %');
const tooltip = new Tooltip();
const texts = new TextWidths();
const scene = new Scene(svg, texts, () => {
  zoom.textContent = `${Math.round(scene.camera.scale * 100)} %`;
  tooltip.hide();
  remember();
});
const list = new ListView((node) => reveal(node.id, true));
const worker = new LayoutClient(document.body.dataset.worker!);
const panel = new TracePanel({
  trace: (params) => post({ type: 'trace', params }),
  keep: (params) => post({ type: 'keep', params }),
  showPath: (isShown) => {
    showsPath = isShown;
    light(true);
  },
  goTo: (trace) => trace.location && post({ type: 'reveal', location: trace.location, takeFocus: true }),
  close: closeTrace,
});
const sources = new SourceSwitch((wanted, contexts) => post({ type: 'source', source: wanted, contexts }));
const legend = new Legend();
const toolbar = new Toolbar(sources.element, {
  search: find,
  nextFound,
  filter: (wanted) => {
    filters = wanted;
    post({ type: 'filter', filters });
  },
  list: (isOn) => {
    list.element.hidden = !isOn;
    stage.hidden = isOn;
    if (isOn) {
      list.show(graph);
      list.element.focus();
    }
  },
  trace: () => (panel.isOpen ? closeTrace() : openTrace()),
  export: (format) => void exportAs(format),
  wholeWorkspace: () => post({ type: 'wholeWorkspace' }),
});
const zoomBox = h('div', { class: 'zoom', role: 'group', 'aria-label': t('Zoom') }, iconButton('minus', t('Zoom out'), () => scene.camera.zoomBy(1 / 1.25)), zoom, iconButton('plus', t('Zoom in'), () => scene.camera.zoomBy(1.25)), iconButton('fit', t('Show all of it'), () => scene.fit(true)));
const stage = h('div', { class: 'stage' }, svg, legend.element, zoomBox, notice);
document.body.append(toolbar.element, h('main', {}, h('h1', { class: 'sr' }, t('Traffic topology')), stage, list.element, panel.element), tooltip.element, status);

function remember(): void {
  const { view } = scene.camera;
  host.setState({ folded: [...folded], about, source, facets: known, ...(layout ? { view } : {}) });
  clearTimeout(leaving);
  if (layout && (view.by === 'hand' || view.by === 'all')) leaving = window.setTimeout(() => post({ type: 'view', about, source, view }), STAY_MS);
}

function draw(): void {
  drawn = toCards(graph, texts.measure, folded);
  nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  known = facets(graph, countOf(filters) > 0 ? known : NO_FACETS);
  toolbar.show(about, known, filters);
  panel.offer(graph.nodes.filter((node) => node.kind === 'gateway' && node.presence === 'present'));
  if (!list.element.hidden) list.show(graph);
  const input: LayoutInput = {
    cards: drawn.cards.map(({ id, column, width, height, node }) => ({ id, column, width, height, cluster: node.cluster, namespace: node.namespace })),
    lines: drawn.lines.filter((line) => !line.isBack).map((line) => ({ id: line.id, from: line.from, to: line.to, fromY: line.fromY, toY: line.toY, hasLabel: line.label !== '' })),
  };
  const key = JSON.stringify(input);
  if (layout && key === laidOut) return put(layout); // words and states changed, no place
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  void worker.layOut(input).then(
    (made) => {
      busy = false;
      laidOut = key;
      layout = made;
      put(made);
      if (again) {
        again = false;
        draw();
      }
    },
    (e: Error) => {
      busy = false;
      tell(t('The topology could not be laid out: {0}', e.message));
    },
  );
}

function put(made: Layout): void {
  const isFirst = scene.isEmpty;
  svg.classList.toggle('still', isFirst);
  scene.show(drawn.cards, drawn.lines, made, drawn.cardOf);
  if (nextView && !again) {
    scene.restore(nextView);
    nextView = undefined;
  }
  const marks = legend.show(graph, source, drawn.cards.length > 0 ? sources.trouble : '');
  if (drawn.cards.length > 0) tell('');
  else tell(trouble || (countOf(filters) > 0 ? t('Nothing fits the filters.') : sources.trouble || t('There is no Gateway and no route here yet.')));
  if (selected !== undefined && !nodes.has(selected)) selected = undefined;
  if (toolbar.search.value !== '') find(toolbar.search.value);
  light(false);
  ensureTabStop();
  const problems = drawn.cards.filter((card) => card.state === 'error').length;
  const count = problems > 0 ? t('{0} objects, {1} with problems', drawn.cards.length, problems) : t('{0} objects', drawn.cards.length);
  status.textContent = [count, marks].filter(Boolean).join('. ');
  svg.dataset.cards = String(drawn.cards.length);
}

/** Dims what has nothing to do with the traced request or with the selection. */
function light(isNew: boolean): void {
  if (traced && showsPath) {
    const ids = pathOf(graph, traced.trace, traced.params);
    scene.light(ids.size > 0 ? { ids, isPath: true } : undefined);
    if (isNew) {
      beforePath ??= scene.camera.view;
      const way = new Set([...ids].filter((id) => nodes.get(id)?.kind !== 'workload'));
      requestAnimationFrame(() => scene.revealAll(ids, way)); // once the panel beside it has its place
    }
  } else {
    scene.light(selected === undefined ? undefined : { ids: waysThrough(graph, selected), isPath: false });
  }
  scene.select(selected);
}

function tell(text: string): void {
  notice.textContent = text;
  notice.hidden = text === '';
}

function select(id: string | undefined): void {
  selected = id;
  if (showsPath && id !== undefined) showsPath = false;
  light(false);
}

function reveal(id: string, takeFocus: boolean): void {
  const location = nodes.get(id)?.location;
  if (location) post({ type: 'reveal', location, takeFocus });
  else status.textContent = t('It is written in no manifest of the workspace.');
}

function find(text: string): void {
  found = search(graph, text);
  foundAt = -1;
  scene.find(new Set(found));
  toolbar.tellFound(text.trim() === '' ? '' : found.length === 0 ? t('none') : `${found.length}`);
}

function nextFound(step: 1 | -1): void {
  if (found.length === 0) return;
  foundAt = (foundAt + step + found.length) % found.length;
  const id = found[foundAt]!;
  toolbar.tellFound(t('{0} of {1}', foundAt + 1, found.length));
  select(id);
  scene.reveal(id, false);
}

/** Requests are followed through what the files say. */
function openTrace(): void {
  if (source !== 'planned') post({ type: 'source', source: 'planned', contexts: [] });
  panel.open(null);
}

function closeTrace(): void {
  panel.close();
  traced = undefined;
  showsPath = false;
  light(false);
  if (beforePath) scene.restore(beforePath);
  beforePath = undefined;
}

async function exportAs(format: ExportFormat): Promise<void> {
  try {
    if (format === 'svg') post({ type: 'export', format, data: toSvg(scene) });
    else if (format === 'png') post({ type: 'export', format, data: await toPng(scene) });
    else post({ type: 'export', format });
  } catch (e) {
    tell((e as Error).message);
  }
}

// The keyboard: one element of the drawing is reached with Tab, the others with arrows.

function ensureTabStop(): void {
  if (current === undefined || !scene.card(current)) current = drawn.cards[0]?.id;
  if (current !== undefined) stopAt(current, false);
}

function stopAt(id: string, focus: boolean): void {
  svg.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
  current = id;
  if (focus) scene.reveal(id, false);
  const button = scene.buttonOf(id);
  button?.setAttribute('tabindex', '0');
  if (focus) button?.focus({ preventScroll: true });
}

svg.addEventListener('keydown', (e) => {
  const id = (e.target as Element).closest<SVGGElement>('[data-id]')?.dataset.id ?? current;
  if (e.key.startsWith('Arrow') && id !== undefined && !e.altKey && !e.ctrlKey && !e.metaKey) {
    const next = neighbour(scene, drawn.lines, id, e.key);
    if (next !== undefined) stopAt(next, true);
  } else if ((e.key === 'Enter' || e.key === ' ') && id !== undefined) {
    select(id);
    reveal(id, e.key === 'Enter');
  } else if (e.key === '+' || e.key === '=') scene.camera.zoomBy(1.25);
  else if (e.key === '-') scene.camera.zoomBy(1 / 1.25);
  else if (e.key === '0') scene.fit(true);
  else return;
  e.preventDefault();
});

document.addEventListener('keydown', (e) => {
  const isTyping = e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement || e.target instanceof HTMLSelectElement;
  if ((e.key === '/' && !isTyping) || (e.key === 'f' && (e.ctrlKey || e.metaKey))) {
    e.preventDefault();
    toolbar.search.focus();
    toolbar.search.select();
  } else if (e.key === 'Escape') {
    if (e.target === toolbar.search && toolbar.search.value !== '') {
      toolbar.search.value = '';
      find('');
    } else if (panel.isOpen && panel.element.contains(e.target as Node)) closeTrace();
    else select(undefined);
    tooltip.hide();
  }
});

// The pointer.

let isDragging = false;
svg.addEventListener('pointerdown', () => (isDragging = false));
svg.addEventListener('dragdone', () => (isDragging = true));

svg.addEventListener('click', (e) => {
  const target = e.target as Element;
  const fold = target.closest<SVGGElement>('[data-fold]')?.dataset.fold;
  if (fold !== undefined) {
    folded = new Set(folded.has(fold) ? [...folded].filter((id) => id !== fold) : [...folded, fold]);
    draw();
    return;
  }
  const id = target.closest<SVGGElement>('[data-id]')?.dataset.id;
  const line = id === undefined ? undefined : scene.drawnLine(id);
  if (line) {
    const { location } = line.line.edge;
    if (location) post({ type: 'reveal', location, takeFocus: false });
  } else if (id !== undefined && nodes.has(id)) {
    stopAt(id, false);
    select(id);
    reveal(id, false);
  } else if (!isDragging) {
    select(undefined);
  }
});

function explain(element: Element, delay: number): void {
  const target = element.closest<SVGGElement>('[data-id]');
  const id = target?.dataset.id;
  if (!target || id === undefined) return tooltip.hide();
  const node = nodes.get(id);
  const line = scene.drawnLine(id);
  const box = (target.querySelector('.hit, rect') ?? target).getBoundingClientRect();
  if (node) tooltip.show(aboutNode(node, scene.card(id)), { x: box.left, y: box.top, height: box.height }, delay);
  else if (line) {
    const { edge } = line.line;
    const name = (one: string) => nodes.get(one)?.label ?? one;
    tooltip.show(aboutEdge(edge, name(edge.from), name(edge.to)), { x: pointer.x, y: pointer.y, height: 8 }, delay);
  }
}

const pointer = { x: 0, y: 0 };
svg.addEventListener('pointermove', (e) => Object.assign(pointer, { x: e.clientX, y: e.clientY }));
svg.addEventListener('pointerover', (e) => {
  Object.assign(pointer, { x: e.clientX, y: e.clientY });
  if (e.buttons === 0) explain(e.target as Element, 350);
});
svg.addEventListener('pointerleave', () => tooltip.hide());
svg.addEventListener('focusin', (e) => {
  if ((e.target as Element).matches(':focus-visible')) explain(e.target as Element, 500);
});
svg.addEventListener('focusout', () => tooltip.hide());

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  switch (data.type) {
    case 'graph': {
      const isOther = data.about !== about || data.source !== source;
      about = data.about;
      graph = data.graph;
      trouble = '';
      filters = data.filters;
      source = data.source;
      sources.show(source, data.contexts);
      if (isOther) {
        known = NO_FACETS;
        selected = undefined;
      }
      // Of a drawing that is on show already nothing moves.
      if (isOther || (scene.isEmpty && !nextView)) nextView = data.view ?? { x: 0, y: 0, scale: 1, by: 'open' };
      clearTimeout(leaving);
      draw();
      break;
    }
    case 'patches':
      graph = applyPatches(graph, data.patches);
      svg.classList.remove('still');
      draw();
      panel.refresh();
      break;
    case 'targets':
      sources.offer(data.targets);
      if (layout) put(layout);
      break;
    case 'problem':
      graph = { nodes: [], edges: [] };
      trouble = data.message;
      draw();
      break;
    case 'openTrace':
      panel.open(data.params);
      break;
    case 'traced':
      if (!panel.isOpen) break; // closed while the answer was on its way
      traced = { params: data.params, trace: data.trace };
      panel.show(data.params, data.trace);
      break;
    case 'kept':
      status.textContent = t('Saved: {0}', data.text);
      break;
  }
});

post({ type: 'ready' });
