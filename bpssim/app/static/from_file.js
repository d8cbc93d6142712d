// The page in one file.
import { openPage } from "./main.js";
import { Saved } from "./saved.js";
import { exploreView } from "./explore.js";
import { motherView } from "./mother.js";
import { lessonsView } from "./lessons.js";
import { restsView } from "./rests.js";

openPage(new Saved(window.saved), [
  ["explore", "Explore", exploreView],
  ["mother", "One mother", motherView],
  ["lessons", "Lessons", lessonsView],
  ["rests", "What it rests on", restsView],
]);
