// Firefox, driven by its own Marionette protocol: JSON over one TCP connection, "LENGTH:[type, id, command, parameters]".
// Playwright drives a Firefox of its own build only, WebDriver BiDi needs a WebSocket that Debian's Node lacks, and
// geckodriver is in no package; Debian's firefox-esr speaks this with no more than --marionette.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 60_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function connectWhenReady(port) {
  const until = Date.now() + START_MS;
  for (;;) {
    const socket = await new Promise((resolve) => {
      const trying = connect(port, '127.0.0.1', () => resolve(trying));
      trying.on('error', () => resolve(undefined));
    });
    if (socket !== undefined) return socket;
    if (Date.now() > until) throw new Error('Firefox did not open its Marionette port');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Bytes in, whole packets out: "12:{...12 bytes}". */
function packets(onPacket) {
  let held = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const colon = held.indexOf(':');
      const length = Number(held.subarray(0, colon).toString());
      if (colon < 0 || held.length < colon + 1 + length) return;
      const text = held.subarray(colon + 1, colon + 1 + length).toString();
      held = held.subarray(colon + 1 + length);
      onPacket(JSON.parse(text));
    }
  };
}

/** A headless Firefox with a profile of its own. `close` ends it. */
export async function startFirefox(binary) {
  const profile = mkdtempSync(join(tmpdir(), 'flametrail-firefox-'));
  const port = await freePort();
  writeFileSync(join(profile, 'user.js'), `user_pref("marionette.port", ${port});\n`);
  const firefox = spawn(binary, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    stdio: 'ignore',
  });
  const socket = await connectWhenReady(port);
  const waiting = new Map();
  let next = 1;
  socket.on(
    'data',
    packets((packet) => {
      // The first packet is a greeting.
      if (!Array.isArray(packet)) return;
      const [, id, error, result] = packet;
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(`${error.error}: ${error.message}`));
      else resolve(result);
    }),
  );
  const send = (command, parameters = {}) =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  await send('WebDriver:NewSession', { capabilities: {} });
  await send('WebDriver:SetWindowRect', { width: 1280, height: 800 });
  return {
    goto: (url) => send('WebDriver:Navigate', { url }),
    /** Runs an async function in the page, with arguments that JSON can carry. */
    run: async (task, ...args) => {
      const script = `const done = arguments[arguments.length - 1];
        (${task})(...Array.prototype.slice.call(arguments, 0, -1)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value } = await send('WebDriver:ExecuteAsyncScript', { script, args, sandbox: null });
      if (value.error !== undefined) throw new Error(value.error);
      return value.value;
    },
    close: async () => {
      const ended = new Promise((resolve) => firefox.once('exit', resolve));
      await send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => firefox.kill());
      await ended;
      socket.destroy();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
