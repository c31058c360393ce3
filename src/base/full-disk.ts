// No room for more: the disk is full, a quota is used up, or a file has reached the limit that the shell sets.

/** What the system said of there being no room, in words; null for any other error. */
export function noRoom(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  // Errors of Python processes come as text.
  for (const [name, text, words] of reasons) if (code === name || message?.includes(text)) return words;
  return null;
}

const reasons = [
  ["ENOSPC", "No space left on device", "the disk is full"],
  ["EDQUOT", "Disk quota exceeded", "the disk quota is used up"],
  ["EFBIG", "File too large", "a file has reached the size limit (ulimit -f)"],
] as const;
