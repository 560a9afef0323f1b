let pressed = false;
window.addEventListener('pointerdown', () => (pressed = true), true);
for (const end of ['pointerup', 'pointercancel'] as const)
  window.addEventListener(end, () => (pressed = false), true);

/** Runs `act` at once, or after the press that is under way: what it changes may move what is being pressed. */
export function afterPress(act: () => void): void {
  if (!pressed) {
    act();
    return;
  }
  const end = () => {
    window.removeEventListener('pointerup', end, true);
    window.removeEventListener('pointercancel', end, true);
    // Behind the click that the end of the press makes.
    setTimeout(act);
  };
  window.addEventListener('pointerup', end, true);
  window.addEventListener('pointercancel', end, true);
}
