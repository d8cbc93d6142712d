// Runs replicates beside the page, one at a time, so that a newer state waits for one replicate at most.
import { Engine } from "./engine.js";

const MOST_BUNDLES = 24;
const bundles = new Map(); // tables by service, those used last
let engine;
let loaded = "";

/** Take the tables of a service, which come with its first replicate, into the engine. */
function load(key, given) {
  const bundle = given ?? bundles.get(key);
  bundles.delete(key);
  bundles.set(key, bundle);
  for (const oldest of bundles.keys()) {
    if (bundles.size <= MOST_BUNDLES) break;
    bundles.delete(oldest);
    postMessage({ forgotten: oldest });
  }
  if (loaded !== key) engine.load(bundle);
  loaded = key;
}

onmessage = ({ data }) => {
  if (data.module) {
    engine = new Engine(data.module);
    return;
  }
  const { key, bundle, seed, number } = data;
  try {
    const begun = performance.now();
    load(key, bundle);
    const tally = engine.replicate(seed);
    const milliseconds = performance.now() - begun;
    postMessage({ key, number, tally, milliseconds }, Object.values(tally).map((bytes) => bytes.buffer));
  } catch (error) {
    loaded = "";
    postMessage({ key, number, failure: String(error) });
  }
};
