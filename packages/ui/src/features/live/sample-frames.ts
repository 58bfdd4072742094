/** Makes of `draw` what asks for it: however often it is asked, it draws some times a second at most. */
export type Sample = (draw: () => void) => () => void;

/**
 * Draws in a frame of the browser, and not again within `everyMs`. A page that is hidden has no frames: then it draws
 * once when it is seen again.
 */
export const sampleFrames =
  (everyMs: number, requestFrame: (step: (at: number) => void) => void): Sample =>
  (draw) => {
    let isAsked = false;
    let drawnAt = Number.NEGATIVE_INFINITY;
    const step = (at: number): void => {
      if (at - drawnAt < everyMs) {
        requestFrame(step);
        return;
      }
      isAsked = false;
      drawnAt = at;
      draw();
    };
    return () => {
      if (isAsked) return;
      isAsked = true;
      requestFrame(step);
    };
  };
