// What the analyses of a trace are asked about, and which generations a window is cut to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationsIn, cutFile } from '../../../web/src/state/trace/trace_file';

const generation = (number: number, start: number, offset: number, bytes: number) => ({ number, start, offset, bytes });
const THREE = [generation(1, 0, 16, 4), generation(2, 100, 20, 3), generation(3, 200, 23, 2)];

const numbersIn = (from: number, to: number, version = 23): readonly number[] =>
  generationsIn(version, THREE, { from, to }).map(({ number }) => number);

test('a window keeps the generations that it overlaps', () => {
  assert.deepEqual(numbersIn(120, 130), [2]);
  assert.deepEqual(numbersIn(90, 130), [1, 2]);
  assert.deepEqual(numbersIn(100, 200), [2]);
  assert.deepEqual(numbersIn(500, 600), [3]);
  assert.deepEqual(generationsIn(23, THREE, null), THREE);
  assert.deepEqual(numbersIn(120, 130, 21), [], 'older traces have none');
});

test('a file of generations: header, their bytes, an end mark behind each from version 26 on', async () => {
  const file = new Blob([Uint8Array.from({ length: 25 }, (_, i) => i)]);
  const bytesOf = async (version: number): Promise<number[]> =>
    [...new Uint8Array(await (await cutFile(file, version, THREE.slice(1))).arrayBuffer())].slice(16);
  assert.deepEqual(await bytesOf(23), [20, 21, 22, 23, 24]);
  assert.deepEqual(await bytesOf(26), [20, 21, 22, 52, 23, 24, 52]);
  const gzipped = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob();
  assert.deepEqual(
    [...new Uint8Array(await (await cutFile(gzipped, 23, THREE.slice(0, 1))).arrayBuffer())],
    Array.from({ length: 20 }, (_, i) => i),
  );
});
