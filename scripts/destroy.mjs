// Takes the service off AWS, with everything that it has stored. Without --yes it shows what goes and asks.
import { parseArgs } from "node:util";
import { fail, openInstallation } from "./aws/operator.mjs";

const usage =
  "usage: npm run destroy -- [--root terraform/examples/minimal] [--var name=value]... [--yes]";

const parse = () => {
  try {
    return parseArgs({
      options: {
        root: { type: "string", default: "terraform/examples/minimal" },
        var: { type: "string", multiple: true, default: [] },
        yes: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(error.message, usage);
  }
};

const options = parse();
const installation = openInstallation(options.root);
const variables = options.var.map((one) => `-var=${one}`);
installation.init();
const approval = options.yes ? ["-auto-approve", "-input=false"] : [];
installation.terraform("destroy", ...approval, ...variables);
console.log("nothing of it is left, but for what CloudWatch keeps of its metrics (15 months)");
