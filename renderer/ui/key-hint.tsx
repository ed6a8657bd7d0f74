import css from './key-hint.module.css';

const onMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);
const macSigns: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥' };
const otherSigns: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' };
const keySigns: Readonly<Record<string, string>> = {
  escape: 'Esc',
  delete: 'Del',
  enter: '↵',
  arrows: '↑↓←→',
  comma: ',',
  backspace: '⌫',
};

/** How a person on this machine writes a shortcut such as `mod+shift+z`. */
export function keySteps(keys: string): readonly string[] {
  const modifiers = onMac ? macSigns : otherSigns;
  return keys
    .split('+')
    .map((key) => modifiers[key] ?? keySigns[key] ?? (key.length === 1 ? key.toUpperCase() : capital(key)));
}

export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span className={css.keys}>
      {keySteps(keys).map((step) => (
        <kbd key={step}>{step}</kbd>
      ))}
    </span>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
