// Paints on a 2D canvas. Rows are not painted box by box: all boxes of a row have the same height, so a row is one line of
// pixels (and one for its edge), written into memory and then stretched by one drawImage per line.
// Measured in Chromium without a GPU on 2 cores, 1280x720 full of boxes 2 px wide (25,600): fillRect per box 21 ms of
// script per frame, lines of pixels 0.4 ms; 2560x1340 (94,720 boxes): 87 ms and 1.0 ms. fillText: about 1.5 us a label.
import { cssColour, pixelOf, type Colour } from './colour';
import { EDGE_CLOSED, EDGE_DASHED, type Edge, type Painter } from './painter';

const DASH = 8;
const DASH_OPEN = 5;
const DOT = 4;

export class CanvasPainter implements Painter {
  private readonly lines: HTMLCanvasElement;
  private readonly lineContext: CanvasRenderingContext2D;
  private image: ImageData | undefined;
  private pixels = new Uint32Array(0);
  /** y, height and edge of the rows begun since the last flush, three numbers each. */
  private readonly rows: number[] = [];
  private body = 0;
  private backgroundPixel = 0;
  private fill = '';
  /** Device pixels per CSS pixel: stripes and dashes keep their size. */
  ratio = 1;

  constructor(private readonly context: CanvasRenderingContext2D) {
    this.lines = context.canvas.ownerDocument.createElement('canvas');
    const lineContext = this.lines.getContext('2d', { willReadFrequently: true });
    if (lineContext === null) throw new Error('no 2D canvas');
    this.lineContext = lineContext;
  }

  clear(background?: Colour): void {
    const { width, height } = this.context.canvas;
    this.context.globalAlpha = 1;
    if (background === undefined) {
      this.context.clearRect(0, 0, width, height);
      return;
    }
    this.backgroundPixel = pixelOf(background);
    this.use(background);
    this.context.fillRect(0, 0, width, height);
  }

  row(y: number, height: number, edge: number): void {
    const width = this.context.canvas.width;
    const line = (this.rows.length / 3) * 2;
    this.rows.push(y, height, edge);
    this.reserve(width, line + 2);
    this.body = (line + 1) * width;
    this.pixels.fill(this.backgroundPixel, line * width, (line + 2) * width);
  }

  span(x0: number, x1: number, colour: Colour, edge: Edge): void {
    const pixel = pixelOf(colour);
    const pixels = this.pixels;
    for (let at = this.body + x0; at < this.body + x1; at++) pixels[at] = pixel;
    if (edge === EDGE_CLOSED) return;
    const top = this.body - this.context.canvas.width;
    const period = Math.round((edge === EDGE_DASHED ? DASH : DOT) * this.ratio);
    const open = edge === EDGE_DASHED ? Math.round(DASH_OPEN * this.ratio) : period - Math.round(this.ratio);
    for (let x = x0; x < x1; x++) if ((x - x0) % period < open) pixels[top + x] = pixel;
  }

  stripes(x0: number, x1: number, colour: Colour): void {
    const pixel = pixelOf(colour);
    const stripe = Math.max(1, Math.round(this.ratio));
    for (let x = x0; x < x1; x++) if (Math.floor(x / stripe) % 2 === 0) this.pixels[this.body + x] = pixel;
    // A single column must not vanish between the stripes.
    if (x1 - x0 <= stripe) this.pixels.fill(pixel, this.body + x0, this.body + x1);
  }

  flushRows(): void {
    const count = this.rows.length / 3;
    const width = this.context.canvas.width;
    if (count === 0 || this.image === undefined || width === 0) return;
    this.lineContext.putImageData(this.image, 0, 0, 0, 0, width, count * 2);
    const context = this.context;
    context.globalAlpha = 1;
    context.imageSmoothingEnabled = false;
    for (let i = 0; i < count; i++) {
      const y = this.rows[i * 3] ?? 0;
      const height = this.rows[i * 3 + 1] ?? 0;
      const edge = this.rows[i * 3 + 2] ?? 0;
      if (edge > 0) context.drawImage(this.lines, 0, i * 2, width, 1, 0, y, width, edge);
      if (height > edge) context.drawImage(this.lines, 0, i * 2 + 1, width, 1, 0, y + edge, width, height - edge);
    }
    this.rows.length = 0;
  }

  rect(x: number, y: number, width: number, height: number, colour: Colour, alpha: number): void {
    this.use(colour);
    this.context.globalAlpha = alpha;
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
  }

  outline(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    const line = Math.min(thickness, width / 2, height / 2);
    this.use(colour);
    this.context.fillRect(x, y, width, line);
    this.context.fillRect(x, y + height - line, width, line);
    this.context.fillRect(x, y + line, line, height - 2 * line);
    this.context.fillRect(x + width - line, y + line, line, height - 2 * line);
  }

  text(x: number, y: number, text: string, colour: Colour): void {
    this.use(colour);
    this.context.fillText(text, x, y);
  }

  /** Setting a canvas's font forgets nothing else, but resizing forgets the font: layers call this after each resize. */
  setFont(font: string): void {
    this.fill = '';
    this.context.font = font;
    this.context.textBaseline = 'alphabetic';
  }

  private use(colour: Colour): void {
    const fill = cssColour(colour);
    if (fill === this.fill) return;
    this.fill = fill;
    this.context.fillStyle = fill;
  }

  private reserve(width: number, lines: number): void {
    const image = this.image;
    if (image !== undefined && image.width === width && image.height >= lines) return;
    const height = Math.max(lines, 64, image !== undefined && image.width === width ? image.height * 2 : 0);
    const before = this.pixels;
    const keep = image !== undefined && image.width === width ? before.length : 0;
    this.lines.width = width;
    this.lines.height = height;
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    if (keep > 0) this.pixels.set(before);
  }
}
