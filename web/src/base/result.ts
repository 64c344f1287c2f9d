/** What may fail for reasons outside our code is a value: no caller can forget the second half. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: E };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failed<E>(failure: E): { readonly ok: false; readonly failure: E } {
  return { ok: false, failure };
}
