import { createContext, useContext } from 'react';
import type { Feature } from '../store/feature.ts';

const FeaturesContext = createContext<readonly Feature[]>([]);

export const FeaturesProvider = FeaturesContext.Provider;

/** All that the window is made of beside the drawing and the properties. */
export function useFeatures(): readonly Feature[] {
  return useContext(FeaturesContext);
}
