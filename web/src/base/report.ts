// One HTML file that holds the viewer, a document's bytes, the view of it and a person's notes. It is the single-file page
// with two data blocks more; opening it shows the document at once and needs nothing but the file.

const INFO_ID = 'flametrail-report';
const DATA_ID = 'flametrail-report-data';

export interface Report {
  readonly name: string;
  /** Of the URL. */
  readonly hash: string;
  readonly notes: string;
}

const CHUNK = 0x6000;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A multiple of 3, so that the pieces join without padding between them.
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return text;
}

const block = (id: string, type: string, text: string): string =>
  `<script type="${type}" id="${id}">${text}</script>\n`;

/** The single-file page of this very page: its own text, or the file beside a hosted one. */
export async function singlePage(page: Document, mode: 'hosted' | 'single'): Promise<string> {
  if (mode === 'hosted') {
    const response = await fetch(new URL('flametrail.html', page.baseURI));
    if (!response.ok) throw new Error(`flametrail.html: ${response.status} ${response.statusText}`);
    return response.text();
  }
  // What the page drew is in the body alone; texts of scripts and styles stand in the DOM as they came.
  const head = page.head.cloneNode(true) as HTMLHeadElement;
  for (const id of [INFO_ID, DATA_ID]) head.querySelector(`#${id}`)?.remove();
  return `<!doctype html>\n<html lang="en">\n<head>${head.innerHTML}</head>\n<body>\n<div id="app"></div>\n</body>\n</html>\n`;
}

export function writeReport(single: string, report: Report, data: Uint8Array): string {
  // The last one: the page's own script, in the head, holds this word too.
  const end = single.lastIndexOf('</head>');
  if (end < 0) throw new Error('the page has no </head>');
  // "<" would end the block early if it began "</script".
  const info = JSON.stringify(report).replaceAll('<', '\\u003c');
  const blocks = block(INFO_ID, 'application/json', info) + block(DATA_ID, 'text/plain', toBase64(data));
  return single.slice(0, end) + blocks + single.slice(end);
}

export interface OpenedReport extends Report {
  readonly data: Uint8Array<ArrayBuffer>;
}

/** undefined: this page is no report. */
export function readReport(page: Document): OpenedReport | undefined {
  const info = page.getElementById(INFO_ID)?.textContent;
  const data = page.getElementById(DATA_ID)?.textContent;
  if (info === null || info === undefined || data === null || data === undefined) return undefined;
  const { name, hash, notes } = JSON.parse(info) as Partial<Report>;
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  return { name: name ?? 'report', hash: hash ?? '', notes: notes ?? '', data: bytes };
}
