// One canvas of a chart: as many device pixels as it covers, and a painter that knows.
import { CanvasPainter } from './canvas_painter';
import { css, type Size } from './viewport';

export const LABEL_FONT =
  '12px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

export class Layer {
  readonly painter: CanvasPainter;
  private ratio = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    options: { readonly opaque: boolean },
  ) {
    // desynchronized and GPU hints buy nothing here: rows are written by the processor (see canvas_painter.ts).
    const context = canvas.getContext('2d', { alpha: !options.opaque });
    if (context === null) throw new Error('no 2D canvas');
    this.painter = new CanvasPainter(context);
  }

  /** Says whether the canvas was wiped, as every change of its size does. */
  resize(size: Size): boolean {
    const width = Math.max(1, Math.round(size.width * size.ratio));
    const height = Math.max(1, Math.round(size.height * size.ratio));
    if (this.canvas.width === width && this.canvas.height === height && this.ratio === size.ratio) return false;
    this.ratio = size.ratio;
    this.canvas.width = width;
    this.canvas.height = height;
    this.painter.ratio = size.ratio;
    this.painter.setFont(scaledFont(size.ratio));
    return true;
  }
}

/** Widths of label texts in CSS pixels. */
export function textMeasure(document: Document): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.font = LABEL_FONT;
  const advance = context.measureText('0').width;
  const monospace = Math.abs(context.measureText('iiiiWWWW').width - 8 * advance) < 0.01;
  // Names are nearly all printable ASCII, where a monospace font needs no measuring.
  return (text) => (monospace && /^[ -~]*$/.test(text) ? text.length * advance : context.measureText(text).width);
}

export function sizeOf(element: HTMLElement): Size {
  const ratio = element.ownerDocument.defaultView?.devicePixelRatio ?? 1;
  return { width: css(element.clientWidth), height: css(element.clientHeight), ratio };
}

function scaledFont(ratio: number): string {
  return LABEL_FONT.replace('12px', `${12 * ratio}px`);
}
