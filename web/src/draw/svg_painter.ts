// Writes what is painted as SVG: the same picture as on the canvas, to be scaled and read anywhere.
import { cssColour, type Colour } from './colour';
import { EDGE_CLOSED, type Edge, type Painter } from './painter';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Control characters are no part of XML, escaped or not. */
function isXmlChar(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code >= 32
    ? code !== 0xfffe && code !== 0xffff && !(code >= 0xd800 && code < 0xe000)
    : '\t\n\r'.includes(char);
}

export function escapeXml(text: string): string {
  return Array.from(text, (char) => ESCAPES[char] ?? (isXmlChar(char) ? char : '\ufffd')).join('');
}

export class SvgPainter implements Painter {
  private readonly parts: string[] = [];
  private top = 0;
  private height = 0;
  private edge = 0;

  constructor(
    private readonly width: number,
    private readonly all: number,
  ) {}

  clear(background?: Colour): void {
    if (background !== undefined) this.rect(0, 0, this.width, this.all, background, 1);
  }

  row(y: number, height: number, edge: number): void {
    this.top = y;
    this.height = height;
    this.edge = edge;
  }

  span(x0: number, x1: number, colour: Colour, edge: Edge): void {
    const inset = edge === EDGE_CLOSED ? this.edge : 0;
    this.rect(x0, this.top + inset, x1 - x0, this.height - inset, colour, 1);
  }

  stripes(x0: number, x1: number, colour: Colour): void {
    this.rect(x0, this.top + this.edge, x1 - x0, this.height - this.edge, colour, 1);
  }

  flushRows(): void {
    // Rows are written as they come.
  }

  rect(x: number, y: number, width: number, height: number, colour: Colour, alpha: number): void {
    const opacity = alpha < 1 ? ` fill-opacity="${alpha}"` : '';
    this.parts.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${cssColour(colour)}"${opacity}/>`,
    );
  }

  outline(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    this.parts.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${cssColour(colour)}" stroke-width="${thickness}"/>`,
    );
  }

  text(x: number, y: number, text: string, colour: Colour): void {
    this.parts.push(`<text x="${x}" y="${y}" fill="${cssColour(colour)}">${escapeXml(text)}</text>`);
  }

  /** The whole document. */
  finish(title: string, font: string): string {
    const size = `width="${this.width}" height="${this.all}" viewBox="0 0 ${this.width} ${this.all}"`;
    // Attributes and no style: that works under every content security policy.
    const [, pixels = '12', family = 'monospace'] = /^(\d+)px (.*)$/.exec(font) ?? [];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-size="${pixels}" font-family="${escapeXml(family)}">`,
      `<title>${escapeXml(title)}</title>`,
      ...this.parts,
      '</svg>\n',
    ].join('\n');
  }
}
