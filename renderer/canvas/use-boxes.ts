import { useEffect, useMemo, useState } from 'react';
import type { Design } from '#shared/design/design.ts';
import { arrangeDesign } from './arrange/arrange-design.ts';
import { layOutInWorker } from './arrange/elk-layout.ts';
import { placeRest } from './free-place.ts';
import type { Boxes } from './scene.ts';

export interface CanvasBoxes {
  readonly boxes: Boxes;
  /**
   * The design says itself where its things stand; if not, the boxes were worked out and are part of no file.
   */
  readonly stored: boolean;
  readonly ready: boolean;
}

/** Where things stand: as the design says, or worked out when it says nothing. */
export function useBoxes(design: Design): CanvasBoxes {
  const stored = design.layout.nodes;
  const lacks = lacksLayout(design);
  const [worked, setWorked] = useState<Boxes | null>(null);
  useEffect(() => {
    if (!lacks || worked !== null) {
      return;
    }
    let gone = false;
    arrangeDesign(design, layOutInWorker)
      .then((boxes) => (gone ? undefined : setWorked(boxes)))
      .catch((error: unknown) => {
        // Without the automatic layout the things still stand somewhere, one beside the other.
        console.error(error);
        setWorked({});
      });
    return () => {
      gone = true;
    };
  }, [design, lacks, worked]);
  const boxes = useMemo(
    () => placeRest(design, lacks ? (worked ?? {}) : stored),
    [design, lacks, worked, stored],
  );
  return { boxes, stored: !lacks, ready: !lacks || worked !== null };
}

/** Nothing that stands on the canvas by itself has a place, but something is there to be placed. */
function lacksLayout(design: Design): boolean {
  const things = [design.services, design.topics, design.externals, design.notes].flat();
  return things.length > 0 && things.every(({ id }) => design.layout.nodes[id] === undefined);
}
