import type { Fill } from "../scene.ts";
import { currencies, skus } from "../vocabulary.ts";

/** Money. Its sender writes platform ids as bare JSON integers of 17 digits, which no double can hold. */
export const purchase: Fill = (entry, scene) => {
  const { random } = scene;
  const player = scene.player();
  const order = random.uuid();
  const sku = random.pick(skus);
  const isDeclined = random.chance(scene.isIncident ? 0.5 : 0.06);
  entry.service = "purchase";
  entry.severity = isDeclined ? "error" : "info";
  entry.message = isDeclined
    ? `order ${order} declined by the payment provider: ${random.pick(["insufficient_funds", "do_not_honor", "expired_card"])}`
    : `order ${order} completed for ${sku}`;
  entry.player_id = player.id;
  entry.platform_id = BigInt(player.platformId);
  entry.order_id = order;
  entry.sku = sku;
  entry.amount_cents = 99 + 100 * random.integer(60);
  entry.currency = random.pick(currencies);
  if (random.chance(0.02)) entry.sandbox = true;
};
