// What the page's Top table says of real profiles equals `go tool pprof -top`, cell by cell: core in wasm, boundary,
// sorting and number texts together. Needs the corpus (FLAMETRAIL_CORPUS) and the built core; skipped without.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NO_FILTERS } from '../../../web/src/protocol/view_spec';
import type { CoreModule, CoreOptions, CoreSession } from 'flametrail-core';
import type { FrameColumns, TopColumns } from '../../../web/src/protocol/columns';
import type { ProfileSummary } from '../../../web/src/protocol/messages';
import type { DocumentStore } from '../../../web/src/state/document_store';
import { arrangeTop } from '../../../web/src/state/top_rows';
import { cellTexts, type TopTable } from '../../../web/src/views/top_text';
import { readNames, takeColumns, writeInput } from '../../../web/src/worker/heap';

const PROFILES = `${process.env['FLAMETRAIL_CORPUS'] ?? ''}/profiles`;
/** Seen from build/web-unit, where the bundled test runs. */
const GLUE = fileURLToPath(new URL('../wasm/core.mjs', import.meta.url));
const UNITS: Record<string, string> = { nanoseconds: 'ns', bytes: 'B' };

async function loadCore(): Promise<CoreModule> {
  const glue = (await import(pathToFileURL(GLUE).href)) as {
    default: (options: CoreOptions) => Promise<CoreModule>;
  };
  return glue.default({
    wasmBinary: readFileSync(GLUE.replace(/mjs$/, 'wasm')),
  });
}

function open(core: CoreModule, path: string): CoreSession {
  const session = new core.Session();
  const bytes = readFileSync(path);
  writeInput(core, session, bytes);
  assert.equal(session.commit(bytes.length).ok, true);
  assert.equal(session.finish().ok, true);
  return session;
}

function columnsOf<T>(answer: ReturnType<CoreSession['frames']>): T {
  assert.ok(answer.ok);
  return takeColumns(answer.columns) as unknown as T;
}

function tableOf(core: CoreModule, session: CoreSession, index: number): TopTable {
  const summary = session.summary() as ProfileSummary;
  const sampleType = summary.sampleTypes[index];
  assert.ok(sampleType !== undefined);
  const frames = columnsOf<FrameColumns>(session.frames());
  const names = readNames(core, session, frames.name);
  const columns = columnsOf<TopColumns>(session.top({ ...NO_FILTERS, sampleType: index }));
  const rows = arrangeTop(columns, { key: 'flat', descending: true }, undefined, () => '');
  const store = {
    frames: { value: frames },
    frameText: (frame: number) => names[frame] ?? '',
  } as unknown as DocumentStore;
  return {
    store,
    columns,
    rows,
    sampleType,
    unit: UNITS[sampleType.unit] ?? sampleType.unit,
  };
}

/** The five numbers and the name, as in the report's rows. */
function pageRows(table: TopTable): string[] {
  return [...table.rows.order.keys()].map((row) => cellTexts(table, row).slice(0, 6).join(' '));
}

/** As the page reads Go's generic names, which `go tool pprof` prints raw ("main.Map[go.shape.int]"). */
function readable(row: string): string {
  return row
    .replace(/go\.shape\.\*uint8/g, '*any')
    .replace(/go\.shape\.([^,\]]*?(?:\[\][^,\]]*)?)(?:_\d+)?(?=[,\]])/g, '$1');
}

function reportRows(path: string): string[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const head = lines.findIndex((line) => /^\s+flat\s+flat%/.test(line));
  return lines.slice(head + 1).map((line) => readable(line.trim().split(/\s+/).join(' ')));
}

const present = existsSync(PROFILES) && existsSync(GLUE);
const core = present ? await loadCore() : undefined;
const profiles = present ? readdirSync(PROFILES).filter((name) => name.endsWith('.pb.gz')) : [];

for (const profile of profiles) {
  const name = profile.replace(/\.pb\.gz$/, '');
  const prefix = `${name}.top-all.`;
  const reports = readdirSync(`${PROFILES}/expected`).filter((file) => file.startsWith(prefix));
  if (reports.length === 0 || core === undefined) continue;
  test(`the Top table of ${name}`, () => {
    const session = open(core, `${PROFILES}/${profile}`);
    const types = (session.summary() as ProfileSummary).sampleTypes.map(({ type }) => type);
    for (const report of reports) {
      const index = types.indexOf(report.slice(prefix.length, -'.txt'.length));
      assert.ok(index >= 0, report);
      const expected = reportRows(`${PROFILES}/expected/${report}`);
      assert.deepEqual(pageRows(tableOf(core, session, index)), expected, report);
    }
    session.delete();
  });
}
