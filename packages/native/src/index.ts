export {openNativeTransport, type NativeTransportOptions} from './native-transport.ts';
export {listInterfaces, type NetworkInterface} from './interfaces.ts';
export {isNeighbourKnown} from './known-mac.ts';
export {rawPacketProblem} from './privileges.ts';
export {findRoute, type Route} from './routes.ts';
