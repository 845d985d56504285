// The drawing as a file: colours and fonts that the page takes from the theme are written into it.
import { t } from '../../l10n';
import { s } from './dom';
import type { Scene } from './scene';

const PROPERTIES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'display', 'stroke-linecap', 'stroke-linejoin', 'fill-opacity', 'stroke-opacity'];

/** What is there for the pointer alone. */
const LEFT_OUT = ['touch', 'hit', 'fold'];

/** PNG of more pixels than these is refused by browsers or useless. */
const MAX_PIXELS = 60_000_000;

export function toSvg(scene: Scene): string {
  const copy = scene.copy();
  copy.setAttribute('class', 'topology exported');
  copy.style.position = 'absolute';
  copy.style.left = '-100000px';
  document.body.append(copy); // styles are computed only for what is in the document
  try {
    for (const element of copy.querySelectorAll<SVGElement>('*')) {
      const style = getComputedStyle(element);
      for (const name of PROPERTIES) {
        const value = style.getPropertyValue(name);
        if (value !== '' && value !== 'none' && value !== 'normal' && value !== 'auto') element.setAttribute(name, value);
        else if (name === 'fill' || name === 'stroke' || name === 'display') element.setAttribute(name, value || 'none');
      }
      if (style.display === 'none' || LEFT_OUT.some((name) => element.classList.contains(name))) element.setAttribute('data-left-out', '');
    }
    for (const element of copy.querySelectorAll('[data-left-out]')) element.remove();
    for (const element of copy.querySelectorAll('*')) {
      for (const name of ['class', 'role', 'tabindex', 'aria-label', 'aria-hidden', 'data-id', 'data-fold']) element.removeAttribute(name);
    }
    copy.removeAttribute('style');
    copy.removeAttribute('class');
    copy.prepend(s('rect', { width: '100%', height: '100%', fill: getComputedStyle(document.body).getPropertyValue('--vscode-editor-background') || '#ffffff' }));
    return `${new XMLSerializer().serializeToString(copy)}\n`;
  } finally {
    copy.remove();
  }
}

/** Base64 of the PNG, at twice the size where that is not too large. */
export async function toPng(scene: Scene): Promise<string> {
  const text = toSvg(scene);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    await new Promise<void>((resolve, reject) => {
      image.onload = () => resolve();
      image.onerror = () => reject(new Error(t('The drawing could not be turned into a picture.')));
      image.src = url;
    });
    const scale = Math.min(2, Math.sqrt(MAX_PIXELS / (image.width * image.height)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(image.width * scale));
    canvas.height = Math.max(1, Math.floor(image.height * scale));
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  } finally {
    URL.revokeObjectURL(url);
  }
}
