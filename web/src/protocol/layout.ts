// What the page's layout worker is asked: where the nodes of a call graph stand. A worker of its own, so that neither the
// page nor the core waits for it.

export interface LayoutNode {
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  /** Indexes of nodes. */
  readonly from: number;
  readonly to: number;
  /** Heavier edges are drawn shorter and straighter. */
  readonly weight: number;
  readonly labelWidth: number;
}

export interface LayoutQuestion {
  readonly id: number;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Centres, by node. */
  readonly nodes: readonly Point[];
  /** By edge: where it bends, and where its label stands. */
  readonly edges: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

export type LayoutAnswer =
  | { readonly id: number; readonly ok: true; readonly layout: GraphLayout }
  | { readonly id: number; readonly ok: false; readonly why: string };
