// How a person wants the flame graph: which tree, what is left out, which way up, coloured by what. Plain data, in the URL.
import * as v from 'valibot';
import type { SquashRules } from '../protocol/messages';

export type FlameKind = 'down' | 'up' | 'sandwich';

export interface FlameShape {
  readonly kind: FlameKind;
  readonly collapse: boolean;
  readonly squash: SquashRules;
}

export type FlameColour = 'package' | 'self' | 'change' | 'label';

export interface FlameLook {
  /** The root stands at the bottom. */
  readonly flipped: boolean;
  readonly colour: FlameColour;
  /** Key of the label that colours; only over the plain tree. */
  readonly label: string;
}

export type { SquashRules };

export const NO_SQUASH: SquashRules = { standard: false, runtime: false, dependencies: false, packages: [] };
export const OWN_CODE: SquashRules = { standard: true, runtime: true, dependencies: true, packages: [] };
export const PLAIN_SHAPE: FlameShape = { kind: 'down', collapse: false, squash: NO_SQUASH };
export const PLAIN_LOOK: FlameLook = { flipped: false, colour: 'package', label: '' };

export function isSquashing({ standard, runtime, dependencies, packages }: SquashRules): boolean {
  return standard || runtime || dependencies || packages.length > 0;
}

export function isPlain({ kind, collapse, squash }: FlameShape): boolean {
  return kind === 'down' && !collapse && !isSquashing(squash);
}

// In the URL: tree=up, fold=1, squash=std,rt,deps,github.com/a/b, flip=1, colour=self.
const RULES = { std: 'standard', rt: 'runtime', deps: 'dependencies' } as const;
const MAX_PACKAGES = 50;
const MAX_LABEL = 500;
const kind = v.picklist(['down', 'up', 'sandwich']);
const colour = v.picklist(['package', 'self', 'change', 'label']);

export function shapeToParams(shape: FlameShape, look: FlameLook, add: (key: string, value: string) => void): void {
  if (shape.kind !== 'down') add('tree', shape.kind);
  if (shape.collapse) add('fold', '1');
  const rules = Object.entries(RULES).flatMap(([short, rule]) => (shape.squash[rule] ? [short] : []));
  const squash = [...rules, ...shape.squash.packages];
  if (squash.length > 0) add('squash', squash.join(','));
  if (look.flipped) add('flip', '1');
  if (look.colour !== 'package') add('colour', look.colour);
  if (look.label !== '') add('colour_label', look.label);
}

/** undefined: nothing is said of them. */
export function shapeFromParams(
  params: URLSearchParams,
): { readonly shape: FlameShape; readonly look: FlameLook } | undefined {
  if (!['tree', 'fold', 'squash', 'flip', 'colour'].some((key) => params.has(key))) return undefined;
  const parsedKind = v.safeParse(kind, params.get('tree'));
  const parsedColour = v.safeParse(colour, params.get('colour'));
  const words = (params.get('squash') ?? '').split(',').filter((word) => word !== '');
  const rules = Object.fromEntries(Object.entries(RULES).map(([short, rule]) => [rule, words.includes(short)]));
  const packages = words.filter((word) => !(word in RULES)).slice(0, MAX_PACKAGES);
  return {
    shape: {
      kind: parsedKind.success ? parsedKind.output : 'down',
      collapse: params.get('fold') === '1',
      squash: { ...NO_SQUASH, ...rules, packages },
    },
    look: {
      flipped: params.get('flip') === '1',
      colour: parsedColour.success ? parsedColour.output : 'package',
      label: (params.get('colour_label') ?? '').slice(0, MAX_LABEL),
    },
  };
}
