import type { Scene } from "./scene.ts";
import { classScene, curveScene } from "./sets.ts";
import type { Settings } from "./settings.ts";
import { diabetesScene, features, isTable, tableScene } from "./table_scene.ts";

/** The samples for these settings. */
export async function sceneOf({
  task,
  classSet,
  curveSet,
  view,
  first,
  second,
}: Settings): Promise<Scene> {
  if (task === "regress") return curveScene(curveSet) ?? diabetesScene();
  if (!isTable(classSet)) return classScene(classSet) as Scene;
  const { usual } = features[classSet];
  const cut = [first < 0 ? usual[0] : first, second < 0 ? usual[1] : second] as const;
  return tableScene(classSet, view === "components" ? "components" : cut);
}
