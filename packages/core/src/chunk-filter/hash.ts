/** FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/), begun or gone on with. */
export const hashText = (text: string, begun = 0x811c9dc5): number => {
  let hash = begun;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
};

/** Spreads a hash over all its bits: the last step of MurmurHash3. */
export const mix = (hash: number): number => {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};
