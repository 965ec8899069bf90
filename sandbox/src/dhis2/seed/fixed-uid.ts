import { createHash } from 'node:crypto';

/** A fixed UID, computed from a name. */
export function uidOf(name: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const alphabet = `${letters}0123456789`;
  const bytes = createHash('sha256').update(`outbreak ${name}`).digest();
  return Array.from({ length: 11 }, (_, i) => {
    const characters = i === 0 ? letters : alphabet;
    return characters[bytes[i]! % characters.length]!;
  }).join('');
}
