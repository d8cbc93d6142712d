// The page of a server.
import { ClassBar } from "./class_bar.js";
import { openPage } from "./main.js";
import { Server } from "./source.js";
import { exploreView } from "./explore.js";
import { pathwayView } from "./pathway.js";
import { barriersView } from "./barriers.js";
import { motherView } from "./mother.js";
import { quarterView } from "./quarter.js";
import { lessonsView } from "./lessons.js";
import { restsView } from "./rests.js";
import { takeAwayView } from "./take_away.js";

openPage(new Server(), [
  ["explore", "Explore", exploreView],
  ["pathway", "Build a pathway", pathwayView],
  ["barriers", "What holds access back", barriersView],
  ["mother", "One mother", motherView],
  ["quarter", "A quarter", quarterView],
  ["lessons", "Lessons", lessonsView],
  ["take", "Take away", takeAwayView],
  ["rests", "What it rests on", restsView],
], (page) => new ClassBar(page));
