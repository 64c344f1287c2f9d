// What the page says, in the languages it knows. Each area has one table; a message is a pair, so that one without a
// Chinese text does not compile, nor one whose places {…} differ between the languages.
// The language is the one thing that is of the page and of nobody in it, like the `lang` of its document: it is kept here,
// and the page is drawn anew when it changes (views/app.tsx).

export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];

let current: Language = 'en';

export function speak(language: Language): void {
  current = language;
}

export type Message = readonly [en: string, zh: string];

/** Names of the places in a message: 'a' | 'b' of '{a} of {b}'. */
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type SamePlaces<M extends Message> = [Places<M[0]>, Places<M[1]>] extends [Places<M[1]>, Places<M[0]>]
  ? M
  : readonly [M[0], 'its places differ'];
type Values<Text extends string> = [Places<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Places<Text>, string | number>>];

export type Say<T extends Readonly<Record<string, Message>>> = <K extends keyof T>(
  key: K,
  ...values: Values<T[K][0]>
) => string;

/** The function that says the table's messages: `say('open')`, `say('of', { shown: 3, all: 9 })`. */
export function texts<const T extends Readonly<Record<string, Message>>>(
  table: T & { readonly [K in keyof T]: SamePlaces<T[K]> },
): Say<T> {
  return (key, ...values) => {
    const text: string = table[key][current === 'en' ? 0 : 1];
    const places = values[0] as Readonly<Record<string, string | number>> | undefined;
    return places === undefined ? text : text.replace(/\{(\w+)\}/g, (_, name: string) => String(places[name]));
  };
}
