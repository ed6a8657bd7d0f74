import { type ClientOf, defineContract, type HandlersOf } from '../rpc/define-contract.ts';
import { clustersArea } from './clusters.ts';
import { designsArea } from './designs.ts';
import { hostArea } from './host.ts';
import { inspectArea } from './inspect.ts';
import { outputArea } from './output.ts';
import { sandboxArea } from './sandbox.ts';

/** All that the user interface may ask of its host, whichever host that is. */
export const contract = defineContract({
  host: hostArea,
  designs: designsArea,
  output: outputArea,
  clusters: clustersArea,
  inspect: inspectArea,
  sandbox: sandboxArea,
});
export type MillstreamContract = typeof contract;
export type HostClient = ClientOf<MillstreamContract>;
export type HostHandlers = HandlersOf<MillstreamContract>;
