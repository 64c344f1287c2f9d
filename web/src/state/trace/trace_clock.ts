// Times on the wall: what a person writes, what an axis shows. Nanoseconds since the Unix epoch, always UTC.

/** "2026-11-25 13:45:00.123456789", with T, with Z or an offset, or plain ns since the epoch; undefined: none of these. */
export function parseWallTime(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (/^\d{1,19}$/.test(trimmed)) return BigInt(trimmed);
  const [, date, time, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(trimmed) ?? [];
  if (date === undefined || time === undefined) return undefined;
  const ms = Date.parse(`${date}T${time}${/^(z|utc)$/i.test(zone) ? 'Z' : zone}`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** "13:45:00.123", with as many digits of the second as tell ticks apart that are `step` ns from each other. */
export function wallClockText(wall: bigint, step: number): string {
  const digits = Math.min(9, Math.max(0, Math.ceil(9 - Math.log10(Math.max(1, step)) - 1e-9)));
  const second = wall / 1_000_000_000n;
  const text = new Date(Number(second) * 1000).toISOString().slice(11, 19);
  const fraction = String(wall % 1_000_000_000n)
    .padStart(9, '0')
    .slice(0, digits);
  return digits === 0 ? text : `${text}.${fraction}`;
}

/** "2026-11-25". */
export const wallDateText = (wall: bigint): string => new Date(Number(wall / 1_000_000n)).toISOString().slice(0, 10);
