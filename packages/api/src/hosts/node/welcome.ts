interface Welcome {
  readonly address: string;
  readonly dataFolder: string;
  readonly isOpen: boolean;
}

/** What a newcomer needs once the server runs: where it is, and what to try next. */
export const welcome = ({ address, dataFolder, isOpen }: Welcome): string => {
  const key = isOpen ? "" : ' \\\n    -H "authorization: Bearer $LOG_API_KEY"';
  // An address that stands for all of them is none that a browser, or a person, can ask.
  const here = address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
  const access = isOpen
    ? "open to this machine, since there is no API key yet (npm run keys -- create ...)"
    : "API keys required";
  return `
  Log Service Platform

  listening  ${address}
  data       ${dataFolder}
  access     ${access}

  Look at it:
    open ${here} in a browser

  Send an entry:
    curl ${here}/logs -H 'content-type: application/json'${key} \\
    -d '{"severity":"info","message":"hello","service":"quickstart"}'

  Read the newest:
    curl ${here}/logs${key}

  Fill it with game logs:
    npm run demo -- --url ${here}

`;
};
