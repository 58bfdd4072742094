import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import type { Scenario } from "../harness/scenario.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

/** 128 MiB: what `zstd --long` takes. */
const windowLog = 27;

/** What the best general compressor makes of one large file: the yardstick for bytes on disk. */
export const zstdOfRawFile: Scenario = {
  name: "zstd",
  run: async ({ scale, say }) => {
    const batches = scale.isQuick ? 10 : scale.isFull ? 1000 : 200;
    const generator = gameLogsUntilNow(batches * 1000);
    let rawBytes = 0;
    let packedBytes = 0;
    const bodies = function* () {
      for (let index = 0; index < batches; index++) {
        const body = generator.batchNdjson(generator.nextSender(1000), 1000);
        rawBytes += body.length;
        yield body;
      }
    };
    const compress = createZstdCompress({
      params: {
        [constants.ZSTD_c_compressionLevel]: 19,
        [constants.ZSTD_c_windowLog]: windowLog,
        [constants.ZSTD_c_enableLongDistanceMatching]: 1,
      },
    });
    const count = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        packedBytes += chunk.length;
        done();
      },
    });
    say(`compressing ${batches * 1000} entries with zstd -19 --long; this takes a while`);
    await pipeline(Readable.from(bodies()), compress, count);
    const name = `zstd -19 --long of the raw file of ${(batches * 1000).toLocaleString("en-US")} entries`;
    return [{ name, value: packedBytes / rawBytes, unit: "", digits: 3 }];
  },
};
