import type { JSX } from 'preact';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly title: string;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  /** Id of the element that shows the current tab. */
  readonly panelId: string;
  readonly onChoose: (id: Id) => void;
}

export function tabElementId(panelId: string, id: string): string {
  return `${panelId}-tab-${id}`;
}

/** One stop for the Tab key; arrows, Home and End move inside and choose at once. */
export function Tabs<Id extends string>(props: TabsProps<Id>): JSX.Element {
  const { tabs, current, panelId, onChoose } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const target =
      tabs[
        targetOf(
          event.key,
          tabs.findIndex((tab) => tab.id === current),
          tabs.length,
        )
      ];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(target.id);
    document.getElementById(tabElementId(panelId, target.id))?.focus();
  };
  return (
    <div class="ft-view-tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          id={tabElementId(panelId, tab.id)}
          class="ft-view-tab"
          role="tab"
          title={tab.title}
          data-label={tab.label}
          data-testid={`view-tab-${tab.id}`}
          aria-selected={tab.id === current}
          aria-controls={panelId}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onChoose(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** -1: not a key of ours. */
function targetOf(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
