// An order in which like functions follow each other. gzip looks back 32 KiB only; this module is thirty times as long.
const SHINGLE = 6; // bytes, about three instructions
const COMMON = 100; // what more functions share says nothing about which of them are alike
const WINDOW = 12 * 1024; // shorter than gzip's: what is near also has the shorter distances
const LENGTH_POWER = 0.6; // of 1, short functions would always win; of 0, long ones

function shinglesOf(body) {
  const hashes = new Set();
  for (let i = 0; i + SHINGLE <= body.length; i++) {
    let hash = 0;
    for (let j = i; j < i + SHINGLE; j++) hash = (Math.imul(hash, 0x9e3779b1) + body[j] + 1) | 0;
    hashes.add(hash);
  }
  return hashes;
}

/** For each function the shingles it shares with others, and for each of these who has it. */
function index(bodies) {
  const owners = new Map();
  bodies.forEach((body, i) => {
    for (const hash of shinglesOf(body)) {
      const known = owners.get(hash);
      if (known) known.push(i);
      else owners.set(hash, [i]);
    }
  });
  const shared = bodies.map(() => []);
  for (const list of owners.values()) {
    if (list.length > 1 && list.length <= COMMON) for (const i of list) shared[i].push(list);
  }
  return shared;
}

/** What the last functions hold: how many shingles each other function finds there. */
class Window {
  constructor(bodies) {
    this.bodies = bodies;
    this.shared = index(bodies);
    this.found = new Uint32Array(bodies.length);
    this.held = new Map();
    this.queue = [];
    this.bytes = 0;
  }

  add(i) {
    this.#count(i, 1);
    this.queue.push(i);
    while (this.bytes > WINDOW && this.queue.length > 1) this.#count(this.queue.shift(), -1);
  }

  #count(i, sign) {
    this.bytes += sign * this.bodies[i].length;
    for (const owners of this.shared[i]) {
      const before = this.held.get(owners) ?? 0;
      this.held.set(owners, before + sign);
      if (Math.min(before, before + sign) === 0) for (const owner of owners) this.found[owner] += sign;
    }
  }
}

/** Indices of `bodies`; the first stays first. */
export function orderByLikeness(bodies) {
  const window = new Window(bodies);
  const weights = bodies.map((body) => 1 / (body.length + 40) ** LENGTH_POWER);
  const left = new Set(bodies.keys());
  const order = [];
  for (let next = 0; left.size > 0;) {
    left.delete(next);
    order.push(next);
    window.add(next);
    let best = -1;
    for (const i of left) {
      const score = window.found[i] * weights[i];
      if (score > best) [best, next] = [score, i];
    }
  }
  return order;
}
