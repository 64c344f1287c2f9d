/** Something a person can do now, by name: a line of the command palette. */
export interface Command {
  readonly id: string;
  readonly text: () => string;
  /** As the sheet of keys writes them; may be empty. */
  readonly keys: string;
  readonly run: () => void;
}
