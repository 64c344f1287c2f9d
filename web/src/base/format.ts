// Numbers as `go tool pprof` writes them (google/pprof internal/measurement), to the last digit.

interface Unit {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly factor: number;
}

interface UnitFamily {
  readonly units: readonly Unit[];
  /** Of values too small for the smallest unit, so of zero. */
  readonly fallback: { readonly name: string; readonly factor: number };
}

const KIB = 1024;

const FAMILIES: readonly UnitFamily[] = [
  {
    units: [
      { name: 'B', aliases: ['b', 'byte'], factor: 1 },
      { name: 'kB', aliases: ['kb', 'kbyte', 'kilobyte'], factor: KIB },
      { name: 'MB', aliases: ['mb', 'mbyte', 'megabyte'], factor: KIB ** 2 },
      { name: 'GB', aliases: ['gb', 'gbyte', 'gigabyte'], factor: KIB ** 3 },
      { name: 'TB', aliases: ['tb', 'tbyte', 'terabyte'], factor: KIB ** 4 },
      { name: 'PB', aliases: ['pb', 'pbyte', 'petabyte'], factor: KIB ** 5 },
    ],
    fallback: { name: 'B', factor: 1 },
  },
  {
    units: [
      { name: 'ns', aliases: ['ns', 'nanosecond'], factor: 1 },
      { name: 'us', aliases: ['μs', 'us', 'microsecond'], factor: 1e3 },
      { name: 'ms', aliases: ['ms', 'millisecond'], factor: 1e6 },
      { name: 's', aliases: ['s', 'sec', 'second'], factor: 1e9 },
      { name: 'hrs', aliases: ['hour', 'hr'], factor: 3600e9 },
    ],
    fallback: { name: 's', factor: 1e9 },
  },
  {
    units: [
      { name: 'n*GCU', aliases: ['nanogcu'], factor: 1e-9 },
      { name: 'u*GCU', aliases: ['microgcu'], factor: 1e-6 },
      { name: 'm*GCU', aliases: ['milligcu'], factor: 1e-3 },
      { name: 'GCU', aliases: ['gcu'], factor: 1 },
      { name: 'k*GCU', aliases: ['kilogcu'], factor: 1e3 },
      { name: 'M*GCU', aliases: ['megagcu'], factor: 1e6 },
      { name: 'G*GCU', aliases: ['gigagcu'], factor: 1e9 },
      { name: 'T*GCU', aliases: ['teragcu'], factor: 1e12 },
      { name: 'P*GCU', aliases: ['petagcu'], factor: 1e15 },
    ],
    fallback: { name: 'GCU', factor: 1 },
  },
];

const UNITLESS = new Set(['count', 'sample', 'unit', 'minimum', 'auto']);

function findUnit(family: UnitFamily, text: string): Unit | undefined {
  const lower = text.toLowerCase();
  const alias = lower.length > 2 && lower.endsWith('s') ? lower.slice(0, -1) : lower;
  return family.units.find((unit) => unit.aliases.includes(alias));
}

/** Units that `unit` converts to, smallest first; none of a plain count. */
export function unitsLike(unit: string): readonly string[] {
  const family = FAMILIES.find((each) => findUnit(each, unit) !== undefined);
  return family?.units.map(({ name }) => name) ?? [];
}

export interface Scaled {
  readonly value: number;
  /** '' for plain counts. */
  readonly unit: string;
}

/** `to` is a unit, or 'auto' for the largest one that leaves a value of at least 1. */
export function scale(value: number, from: string, to = 'auto'): Scaled {
  if (value < 0) {
    const positive = scale(-value, from, to);
    return { value: -positive.value, unit: positive.unit };
  }
  for (const family of FAMILIES) {
    const unit = findUnit(family, from);
    if (unit !== undefined) return convert(family, value * unit.factor, to);
  }
  return { value, unit: UNITLESS.has(to) ? '' : to };
}

function convert(family: UnitFamily, value: number, to: string): Scaled {
  const chosen = to === 'auto' ? family.units.filter((unit) => value / unit.factor >= 1).at(-1) : findUnit(family, to);
  const unit = chosen ?? family.fallback;
  return { value: value / unit.factor, unit: unit.name };
}

/** pprof's ScaledLabel: `1.24s`, `31.20MB`, `4096`, `0`. */
export function formatValue(value: number, from: string, to = 'auto'): string {
  const scaled = scale(value, from, to);
  const digits = toFixed2(scaled.value).replace(/\.00$/, '');
  return digits === '0' || digits === '-0' ? '0' : digits + scaled.unit;
}

/**
 * One unit for a whole column, as pprof's reports choose theirs: so that the smallest value keeps its digits, but a
 * hundredth is enough where values lie far apart. `smallest` is the smallest |value| above 0.
 */
export function columnUnit(smallest: number, total: number, unit: string): string {
  const low = smallest > 0 ? smallest : total;
  const lowUnit = scale(low, unit).unit;
  const farApart = lowUnit !== scale(total, unit).unit && low * 100 < total;
  const chosen = farApart ? scale(low * 100, unit).unit : lowUnit;
  return chosen === '' ? unit : chosen;
}

/** pprof's Percentage, without its padding: always of magnitudes, so never negative. */
export function formatPercent(value: number, total: number): string {
  const percent = total === 0 ? 0 : Math.abs(value / total) * 100;
  if (percent >= 99.95 && percent <= 100.05) return '100%';
  return `${percent >= 1 ? toFixed2(percent) : toGeneral2(percent)}%`;
}

/** printf's %.2f: exact halves go to the even digit, where JavaScript's toFixed goes up. */
function toFixed2(value: number): string {
  const eighths = value * 8;
  // n.nn5 is exact in binary for odd eighths only.
  if (!Number.isInteger(eighths) || eighths % 2 === 0) return value.toFixed(2);
  const below = Math.floor(value * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}

/** printf's %.2g for 0 <= value < 1. */
function toGeneral2(value: number): string {
  if (value === 0) return '0';
  const [mantissa = '', exponentText = '0'] = roundTo2Digits(value).split('e');
  const exponent = Number(exponentText);
  const digits = mantissa.replace('.', '').replace(/0$/, '');
  if (exponent >= 0) return mantissa.replace(/\.0$/, '');
  if (exponent >= -4) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa.replace(/\.0$/, '')}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** d.de±x, exact halves to the even digit. */
function roundTo2Digits(value: number): string {
  const exact = /^(\d)\.(\d)50{40}e(.*)$/.exec(value.toExponential(42));
  if (exact === null) return value.toExponential(1);
  const [, first = '0', second = '0', exponent = '0'] = exact;
  // toExponential rounds the half up, which is right when that gives an even digit.
  return Number(second) % 2 === 1 ? value.toExponential(1) : `${first}.${second}e${exponent}`;
}

/** 4096 → 4,096; the same in every locale. */
export function formatCount(value: number): string {
  return groupThousands(String(Math.round(value)));
}

/** The same for decimal text beyond 2^53. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Nanoseconds since the Unix epoch, as text since they exceed 2^53. '' gives ''. */
export function formatTime(nanos: string): string {
  if (!/^-?\d+$/.test(nanos)) return '';
  const date = new Date(Number(BigInt(nanos) / 1_000_000n));
  if (Number.isNaN(date.getTime())) return `${groupThousands(nanos)} ns after 1970`;
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Exact also where the number is not: beyond 2^53 the core's own digits are shown. */
export function formatTotal(total: number, totalText: string, unit: string): string {
  return Number.isSafeInteger(total) ? formatValue(total, unit) : `${groupThousands(totalText)} ${unit}`;
}
