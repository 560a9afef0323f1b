let open = 0;

/** Whether a dialog shows how exports are doing, so that nothing is told twice. */
export const evidenceDialogs = {
  /** @returns what to call when it is closed */
  opened: (): (() => void) => {
    open += 1;
    return () => void (open -= 1);
  },
  isOpen: (): boolean => open > 0,
};
