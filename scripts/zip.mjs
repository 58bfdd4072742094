// Writes zip files that are the same whenever their content is: Terraform deploys a function when its zip's hash changes.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { crc32, deflateRawSync } from "node:zlib";

/** 1980-01-01, the first day that a zip can name. */
const date = 0x21;
const utf8Names = 0x800;
const deflated = 8;
const version = 20;
const madeByUnix = (3 << 8) | version;
const readableFile = (0o100644 << 16) >>> 0;

/** The fields that the header before a file and the entry of the directory share. */
const writeShared = (buffer, at, { name, content, packed }) => {
  buffer.writeUInt16LE(version, at);
  buffer.writeUInt16LE(utf8Names, at + 2);
  buffer.writeUInt16LE(deflated, at + 4);
  buffer.writeUInt16LE(0, at + 6);
  buffer.writeUInt16LE(date, at + 8);
  buffer.writeUInt32LE(crc32(content), at + 10);
  buffer.writeUInt32LE(packed.length, at + 14);
  buffer.writeUInt32LE(content.length, at + 18);
  buffer.writeUInt16LE(name.length, at + 22);
};

const localHeader = (file) => {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeShared(header, 4, file);
  return Buffer.concat([header, file.name]);
};

const directoryEntry = (file, offset) => {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(madeByUnix, 4);
  writeShared(entry, 6, file);
  entry.writeUInt32LE(readableFile, 38);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, file.name]);
};

/** `files` are `{ name, content }`; returns the zip's bytes. */
export const zip = (files) => {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, content } of files) {
    const file = {
      name: Buffer.from(name),
      content,
      packed: deflateRawSync(content, { level: 9 }),
    };
    const header = localHeader(file);
    directory.push(directoryEntry(file, offset));
    parts.push(header, file.packed);
    offset += header.length + file.packed.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
};
