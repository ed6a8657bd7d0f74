import { configSource } from './config-source.ts';
import { gatewaySource } from './gateway-source.ts';
import { runServiceSource } from './run-service-source.ts';

/** The modules of `packages/runtime` that are the same in every project. */
export const runtimeSources = {
  config: configSource,
  gateway: gatewaySource,
  'run-service': runServiceSource,
};
