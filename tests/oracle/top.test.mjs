// `flametrail pprof -top` beside the live `go tool pprof`, over random options and files. Skipped where either is not
// there. ORACLE_SEED and ORACLE_RUNS repeat or lengthen a run; a failure prints the command that shows it again.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";

import { makeRandom } from "./random.mjs";
import { randomProfile } from "./random_profile.mjs";

const seed = Number(process.env.ORACLE_SEED ?? 1);
const runs = Number(process.env.ORACLE_RUNS ?? 250);
const binary = process.env.FLAMETRAIL_BINARY ?? "";
const corpus = process.env.FLAMETRAIL_CORPUS ?? "";
const env = { ...process.env, TZ: "UTC", HOME: tmpdir() };

// ORACLE_PPROF names another pprof than the installed one.
function findGoPprof() {
  if (process.env.ORACLE_PPROF) return process.env.ORACLE_PPROF;
  try {
    const path = execFileSync("go", ["tool", "-n", "pprof"], {
      encoding: "utf8",
    }).trim();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const pprof = findGoPprof();
const missing = !pprof
  ? "go tool pprof is not installed"
  : !existsSync(binary)
    ? "FLAMETRAIL_BINARY is not built"
    : false;

function randomOptions(random, types) {
  const { chance, pick, below } = random;
  const options = ["-top"];
  const maybe = (p, make) => chance(p) && options.push(make());
  maybe(0.3, () => "-cum");
  if (chance(0.5)) {
    options.push(
      chance(0.7)
        ? `-sample_index=${pick([...types, ...types, "0", "1", "9", "-1", "nosuch", `inuse_${types[0]}`])}`
        : pick([
            "-inuse_space",
            "-alloc_objects",
            "-contentions",
            "-total_delay",
            "-mean_delay",
            "-alloc_space",
          ]),
    );
  }
  maybe(
    0.3,
    () => `-nodecount=${pick([0, 1, 2, 3, 5, 10, 20, 80, 1000000, -1, -5])}`,
  );
  maybe(
    0.3,
    () =>
      `-nodefraction=${pick([0, 0.001, 0.01, 0.05, 0.1, 0.3, 1, 2, -0.1, "1e-3"])}`,
  );
  maybe(
    0.3,
    () => `-edgefraction=${pick([0, 0.001, 0.01, 0.05, 0.1, 0.3, 1, 2, -0.1])}`,
  );
  maybe(
    0.4,
    () =>
      `-unit=${pick(["ns", "us", "ms", "s", "seconds", "hrs", "B", "kb", "MB", "megabytes", "auto", "minimum", "count", "foo", "gcu"])}`,
  );
  maybe(0.2, () => pick(["-trim=false", "-trim=true", "-trim"]));
  maybe(0.5, () =>
    pick(["-functions", "-filefunctions", "-files", "-lines", "-addresses"]),
  );
  maybe(0.2, () => "-noinlines");
  maybe(0.15, () => "-mean");
  maybe(0.1, () => `-divide_by=${pick([1, 2, 0.5, 1000, -1, 3])}`);
  maybe(0.1, () => "-drop_negative");
  maybe(0.1, () => "-compact_labels");
  maybe(0.05, () => `-call_tree=${below(2) === 1}`);
  return options;
}

function compare(options, file) {
  const theirs = spawnSync(pprof, ["-symbolize=none", ...options, file], {
    env,
    maxBuffer: 1 << 28,
  });
  const ours = spawnSync(
    binary,
    ["pprof", "-symbolize=none", ...options, file],
    { env, maxBuffer: 1 << 28 },
  );
  const command = `pprof -symbolize=none ${options.join(" ")} ${file}`;
  assert.equal(ours.signal, null, `crashed: ${command}`);
  assert.equal(
    ours.status !== 0,
    theirs.status !== 0,
    `exit status: ${command}\n${theirs.stderr}\n${ours.stderr}`,
  );
  if (theirs.status !== 0) {
    assert.equal(ours.stdout.length, 0, `text beside an error: ${command}`);
    return;
  }
  assert.equal(
    ours.stdout.toString("latin1"),
    theirs.stdout.toString("latin1"),
    command,
  );
}

test(
  `top of corpus files, seed ${seed}`,
  { skip: missing || (corpus === "" ? "FLAMETRAIL_CORPUS is not set" : false) },
  () => {
    const random = makeRandom(seed);
    const folder = join(corpus, "profiles");
    const files = readdirSync(folder)
      .filter((name) => /\.pb(\.gz)?$/.test(name))
      .sort();
    const types = {
      cpu: ["samples", "cpu"],
      heap: ["alloc_space", "inuse_space", "inuse_objects", "space"],
      block: ["contentions", "delay"],
    };
    for (let run = 0; run < runs; run++) {
      const file = random.pick(files);
      const kind =
        Object.keys(types).find((key) => file.includes(key)) ?? "block";
      compare(randomOptions(random, types[kind]), join(folder, file));
    }
  },
);

test(`top of random profiles, seed ${seed}`, { skip: missing }, () => {
  const random = makeRandom(seed + 1000000);
  const folder = mkdtempSync(join(tmpdir(), "flametrail-oracle-"));
  for (let run = 0; run < runs; run++) {
    const profile = randomProfile(random, {
      distinct: !process.env.ORACLE_PPROF,
    });
    const file = join(folder, `${run}.pb`);
    writeFileSync(file, profile.bytes);
    for (let i = 0; i < 2; i++)
      compare(randomOptions(random, profile.types), file);
  }
  // Kept when something failed: the command in the message names a file here.
  rmSync(folder, { recursive: true });
  assert.ok(!existsSync(folder), basename(folder));
});
